package io.kabar.swing.look;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.Icon;

/** A speech bubble, drawn rather than loaded, so that it is sharp at every size. */
public record Logo(int size) implements Icon {

    private static final Color FILL = new Color(0x2F64D6);

    /** The sizes window systems ask for. */
    public static List<Image> images() {
        return Stream.of(16, 32, 48, 128).<Image>map(Logo::image).toList();
    }

    private static Image image(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        new Logo(size).draw(g);
        g.dispose();
        return image;
    }

    @Override
    public void paintIcon(Component c, Graphics g, int x, int y) {
        Graphics2D copy = (Graphics2D) g.create();
        copy.translate(x, y);
        draw(copy);
        copy.dispose();
    }

    private void draw(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(size / 64.0, size / 64.0);
        g.setColor(FILL);
        g.fill(new RoundRectangle2D.Double(2, 2, 60, 60, 20, 20));
        g.setColor(Color.WHITE);
        g.fill(new RoundRectangle2D.Double(13, 16, 38, 26, 14, 14));
        Path2D tail = new Path2D.Double();
        tail.moveTo(20, 38);
        tail.lineTo(20, 52);
        tail.lineTo(34, 40);
        tail.closePath();
        g.fill(tail);
        g.setColor(FILL);
        for (int x = 20; x <= 39; x += 9) {
            g.fill(new Ellipse2D.Double(x, 26, 6, 6));
        }
    }

    @Override
    public int getIconWidth() {
        return size;
    }

    @Override
    public int getIconHeight() {
        return size;
    }
}

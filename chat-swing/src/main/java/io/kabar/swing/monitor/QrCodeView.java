package io.kabar.swing.monitor;

import com.formdev.flatlaf.util.UIScale;
import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** A link for a camera: black on white whatever the theme, as cameras want it. */
final class QrCodeView extends JPanel {

    /** Free space around it, in its squares. */
    private static final int MARGIN = 4;

    private @Nullable QrCode code;

    QrCodeView() {
        setName("monitor.qr");
        setOpaque(false);
    }

    void show(String link) {
        code = QrCode.encodeText(link, QrCode.Ecc.MEDIUM);
        getAccessibleContext().setAccessibleName("QR code of " + link);
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        return UIScale.scale(new Dimension(190, 190));
    }

    @Override
    protected void paintComponent(Graphics g) {
        QrCode shown = code;
        if (shown == null) {
            return;
        }
        int squares = shown.size + 2 * MARGIN;
        int side = Math.max(1, Math.min(getWidth(), getHeight()) / squares);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, side * squares, side * squares);
        g.setColor(Color.BLACK);
        for (int y = 0; y < shown.size; y++) {
            for (int x = 0; x < shown.size; x++) {
                if (shown.getModule(x, y)) {
                    g.fillRect((x + MARGIN) * side, (y + MARGIN) * side, side, side);
                }
            }
        }
    }
}

package io.kabar.swing.transcript;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Small signs, drawn rather than loaded, so that they are sharp at every size. */
enum Marks {
    /** A message is in the log. */
    ACCEPTED {
        @Override
        void draw(Graphics2D g, Path2D path) {
            path.moveTo(0.15, 0.55);
            path.lineTo(0.4, 0.8);
            path.lineTo(0.85, 0.25);
            g.draw(path);
        }
    },
    /** An arrow that turns back. */
    REPLY {
        @Override
        void draw(Graphics2D g, Path2D path) {
            path.moveTo(0.4, 0.2);
            path.lineTo(0.15, 0.45);
            path.lineTo(0.4, 0.7);
            path.moveTo(0.15, 0.45);
            path.lineTo(0.6, 0.45);
            path.quadTo(0.85, 0.45, 0.85, 0.8);
            g.draw(path);
        }
    },
    /** A face. */
    REACT {
        @Override
        void draw(Graphics2D g, Path2D path) {
            g.draw(new Ellipse2D.Double(0.14, 0.14, 0.72, 0.72));
            g.fill(new Ellipse2D.Double(0.33, 0.36, 0.1, 0.1));
            g.fill(new Ellipse2D.Double(0.57, 0.36, 0.1, 0.1));
            path.moveTo(0.33, 0.58);
            path.quadTo(0.5, 0.76, 0.67, 0.58);
            g.draw(path);
        }
    },
    /** Three dots. */
    MORE {
        @Override
        void draw(Graphics2D g, Path2D path) {
            for (double x = 0.2; x < 0.9; x += 0.25) {
                g.fill(new Ellipse2D.Double(x - 0.03, 0.45, 0.13, 0.13));
            }
        }
    };

    abstract void draw(Graphics2D g, Path2D path);

    /** Draws it into a square, in the colour that is set. */
    void paint(Graphics2D on, int x, int y, int size) {
        Graphics2D g = (Graphics2D) on.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.translate(x, y);
        g.scale(size, size);
        g.setStroke(new BasicStroke(0.09f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        draw(g, new Path2D.Double());
        g.dispose();
    }
}

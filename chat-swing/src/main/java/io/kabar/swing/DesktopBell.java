package io.kabar.swing;

import io.kabar.chat.view.words.VisibleText;
import io.kabar.swing.look.Logo;
import java.awt.AWTException;
import java.awt.SystemTray;
import java.awt.Taskbar;
import java.awt.TrayIcon;
import java.awt.Window;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a desktop has to draw somebody's attention: a message beside the tray, and a sign in the task bar. */
final class DesktopBell {

    private static final Logger LOG = LoggerFactory.getLogger(DesktopBell.class);

    private final Window window;
    private @Nullable TrayIcon icon;

    DesktopBell(Window window) {
        this.window = window;
    }

    /** Tells it as far as this desktop can; where it cannot, the title of the window counts what is new. */
    void ring(String title, String text) {
        try {
            if (Taskbar.isTaskbarSupported()
                    && Taskbar.getTaskbar().isSupported(Taskbar.Feature.USER_ATTENTION_WINDOW)) {
                Taskbar.getTaskbar().requestWindowUserAttention(window);
            }
            TrayIcon shown = icon();
            if (shown != null) {
                shown.displayMessage(
                        VisibleText.onOneLine(title), VisibleText.onOneLine(text), TrayIcon.MessageType.NONE);
            }
        } catch (AWTException | UnsupportedOperationException | SecurityException e) {
            LOG.debug("Cannot notify: {}", e.toString());
        }
    }

    private @Nullable TrayIcon icon() throws AWTException {
        if (icon == null && SystemTray.isSupported()) {
            TrayIcon made = new TrayIcon(Logo.images().get(1), "Kabar");
            made.setImageAutoSize(true);
            made.addActionListener(e -> window.toFront());
            SystemTray.getSystemTray().add(made);
            icon = made;
        }
        return icon;
    }

    /** Takes its icon out of the tray. */
    void close() {
        if (icon != null) {
            SystemTray.getSystemTray().remove(icon);
            icon = null;
        }
    }
}

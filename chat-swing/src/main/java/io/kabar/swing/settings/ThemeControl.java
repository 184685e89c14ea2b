package io.kabar.swing.settings;

import io.kabar.swing.actions.RunAction;
import io.kabar.swing.actions.SwitchThemeAction;
import io.kabar.swing.look.Theme;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.function.ObjIntConsumer;
import javax.swing.Action;
import javax.swing.SwingUtilities;

/** Which look is chosen, and what it means at the moment. Event thread only. */
public final class ThemeControl {

    /** By how much text grows or shrinks at once, in per cent. */
    private static final int STEP = 25;

    private final Worker worker;
    private final ObjIntConsumer<Theme.Choice> onChoice;
    private final Action action = new SwitchThemeAction(this::next);
    private Theme.Choice choice;
    private int zoom;

    /** {@code onChoice} is told what is chosen, and how large text is. */
    public ThemeControl(Theme.Choice choice, int zoom, Worker worker, ObjIntConsumer<Theme.Choice> onChoice) {
        this.choice = choice;
        this.zoom = zoom;
        this.worker = worker;
        this.onChoice = onChoice;
        describe();
        Theme.apply(choice == Theme.Choice.DARK, zoom);
        followSystem();
    }

    /** Goes on to the next choice. */
    public Action action() {
        return action;
    }

    /** Larger, smaller and usual text, each on its key. */
    public List<Action> textSizes() {
        return List.of(
                new RunAction("Larger text", "ctrl EQUALS", () -> zoom(zoom + STEP)),
                new RunAction("Smaller text", "ctrl MINUS", () -> zoom(zoom - STEP)),
                new RunAction("Usual text size", "ctrl 0", () -> zoom(100)));
    }

    private void zoom(int percent) {
        int next = Math.max(Settings.SMALLEST, Math.min(percent, Settings.LARGEST));
        if (next != zoom) {
            zoom = next;
            onChoice.accept(choice, zoom);
            Theme.apply(Theme.isDark(), zoom);
        }
    }

    /** Looks at the system's setting again whenever the window comes to the front. */
    public void watch(Window window) {
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowActivated(WindowEvent e) {
                followSystem();
            }
        });
    }

    private void next() {
        choice = choice.next();
        describe();
        onChoice.accept(choice, zoom);
        if (choice == Theme.Choice.AUTO) {
            followSystem();
        } else {
            turn(choice == Theme.Choice.DARK);
        }
    }

    private void followSystem() {
        if (choice == Theme.Choice.AUTO) {
            worker.run(() -> {
                boolean dark = SystemAppearance.dark().orElse(false);
                SwingUtilities.invokeLater(() -> {
                    if (choice == Theme.Choice.AUTO) {
                        turn(dark);
                    }
                });
            });
        }
    }

    private void turn(boolean dark) {
        if (dark != Theme.isDark()) {
            Theme.apply(dark, zoom);
        }
    }

    private void describe() {
        String words = switch (choice) {
            case AUTO -> "Theme: auto";
            case LIGHT -> "Theme: light";
            case DARK -> "Theme: dark";
        };
        action.putValue(Action.NAME, words);
        action.putValue(Action.SHORT_DESCRIPTION, "As the system, light or dark (Ctrl+T)");
    }
}

package io.kabar.swing.settings;

import io.kabar.swing.actions.SwitchThemeAction;
import io.kabar.swing.look.Theme;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.function.Consumer;
import javax.swing.Action;
import javax.swing.SwingUtilities;

/** Which look is chosen, and what it means at the moment. Event thread only. */
public final class ThemeControl {

    private final Worker worker;
    private final Consumer<Theme.Choice> onChoice;
    private final Action action = new SwitchThemeAction(this::next);
    private Theme.Choice choice;

    public ThemeControl(Theme.Choice choice, Worker worker, Consumer<Theme.Choice> onChoice) {
        this.choice = choice;
        this.worker = worker;
        this.onChoice = onChoice;
        describe();
        Theme.apply(choice == Theme.Choice.DARK);
        followSystem();
    }

    /** Goes on to the next choice. */
    public Action action() {
        return action;
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
        onChoice.accept(choice);
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

    private static void turn(boolean dark) {
        if (dark != Theme.isDark()) {
            Theme.apply(dark);
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

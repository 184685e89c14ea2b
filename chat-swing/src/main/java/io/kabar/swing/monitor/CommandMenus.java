package io.kabar.swing.monitor;

import io.kabar.daemon.control.ControlCommand;
import io.kabar.swing.actions.CommandAction;
import java.util.function.Consumer;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;

/** The server's commands as menus; each opens the dialog of its command. */
final class CommandMenus {

    private final Consumer<ControlCommand> open;

    CommandMenus(Consumer<ControlCommand> open) {
        this.open = open;
    }

    JMenuBar bar() {
        JMenuBar bar = new JMenuBar();
        bar.setName("monitor.menus");
        for (Subject subject : Subject.values()) {
            JMenu menu = new JMenu(subject.title());
            menu.setName("monitor.menu." + subject.title());
            menu.setMnemonic(subject.title().charAt(0));
            subject.commands().forEach(command -> menu.add(item(command)));
            bar.add(menu);
        }
        return bar;
    }

    JPopupMenu popup(Subject subject) {
        JPopupMenu popup = new JPopupMenu();
        popup.setName("monitor.popup." + subject.title());
        subject.commands().forEach(command -> popup.add(item(command)));
        return popup;
    }

    private JMenuItem item(ControlCommand command) {
        JMenuItem item = new JMenuItem(new CommandAction(command.word(), command.help(), () -> open.accept(command)));
        item.setName("monitor.command." + command.word());
        return item;
    }
}

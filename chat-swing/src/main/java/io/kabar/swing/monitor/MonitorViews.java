package io.kabar.swing.monitor;

import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlCommand;
import io.kabar.daemon.control.Parameter.Kind;
import io.kabar.swing.actions.ShowViewAction;
import java.awt.CardLayout;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.ButtonGroup;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** The log, the people and the rooms of a server, in the same place. Event thread only. */
final class MonitorViews extends JPanel {

    private static final String LOG = "Log";
    private static final String PEOPLE = "People";
    private static final String ROOMS = "Rooms";
    private static final String BANS = "Bans";

    private final CardLayout cards = new CardLayout();
    private final JPanel place = new JPanel(cards);
    private final ButtonGroup choice = new ButtonGroup();
    private final JCheckBox words = new JCheckBox("Show texts");
    private final RowsTable people;
    private final RowsTable rooms;
    private final RowsTable bans;
    private Optional<RunningServer> server = Optional.empty();
    private String shown = LOG;

    MonitorViews(LogView log, CommandMenus menus) {
        super(new MigLayout("insets 0, fill, wrap 1, gapy 6", "[grow, fill]", "[][grow, fill]"));
        people = new RowsTable(
                "monitor.people",
                "People",
                List.of("name", "role", "presence", "address", "rooms"),
                menus.popup(Subject.PERSON));
        rooms = new RowsTable(
                "monitor.rooms", ROOMS, List.of("room", "members", "seq", "topic"), menus.popup(Subject.ROOM));
        bans = new RowsTable(
                "monitor.bans", BANS, List.of("number", "who", "until", "by", "reason"), menus.popup(Subject.SERVER));
        words.setName("monitor.texts");
        words.setToolTipText("Show in this log what people say, not only who says something where");
        words.addActionListener(e -> log.showWords(words.isSelected()));
        place.setOpaque(false);
        setOpaque(false);
        JPanel choices = new JPanel(new MigLayout("insets 0, fillx, hidemode 3", "[][][][]push[]"));
        choices.setOpaque(false);
        add(LOG, log, choices);
        add(PEOPLE, people, choices);
        add(ROOMS, rooms, choices);
        add(BANS, bans, choices);
        choices.add(words);
        add(choices);
        add(place, "hmin 0, wmin 0, push, grow");
    }

    private void add(String name, JComponent view, JPanel choices) {
        JToggleButton button = new JToggleButton(new ShowViewAction(name, () -> show(name)));
        button.setName("monitor.view." + name);
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        button.setSelected(name.equals(shown));
        choice.add(button);
        choices.add(button);
        place.add(view, name);
    }

    private void show(String name) {
        shown = name;
        words.setVisible(name.equals(LOG));
        cards.show(place, name);
        refresh();
    }

    /** Whose people and rooms these are. */
    void serve(RunningServer running) {
        server = Optional.of(running);
        refresh();
    }

    /** No server runs any more. */
    void unserve() {
        server = Optional.empty();
        people.show(List.of());
        rooms.show(List.of());
        bans.show(List.of());
    }

    /** Asks the server for what is shown at present, and for the names of the rooms that a dialog offers. */
    void refresh() {
        if (shown.equals(PEOPLE)) {
            ask("sessions", people::show);
        }
        if (shown.equals(BANS)) {
            ask("server-bans", bans::show);
        }
        ask("rooms", rooms::show);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a command never fails; without an answer the rows stay
    private void ask(String command, Consumer<List<Map<String, Object>>> shows) {
        server.ifPresent(running -> running.command(List.of(command), false)
                .thenAccept(answer -> SwingUtilities.invokeLater(() -> {
                    if (answer instanceof Answer.Done done) {
                        shows.accept(done.outcome().rows());
                    }
                })));
    }

    /** The fields of a command's dialog, filled with what is selected. */
    CommandFields fields(ControlCommand command) {
        Map<Kind, String> known = new EnumMap<>(Kind.class);
        if (shown.equals(PEOPLE)) {
            people.selected().ifPresent(row -> {
                known.put(Kind.NAME, String.valueOf(row.get("name")));
                if (row.get("rooms") instanceof List<?> entered && !entered.isEmpty()) {
                    known.put(Kind.ROOM, String.valueOf(entered.get(0)));
                }
            });
        } else if (shown.equals(ROOMS)) {
            rooms.selected().ifPresent(row -> known.put(Kind.ROOM, String.valueOf(row.get("room"))));
        }
        return new CommandFields(command, known, rooms.column("room"));
    }
}

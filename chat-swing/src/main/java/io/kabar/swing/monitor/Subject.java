package io.kabar.swing.monitor;

import io.kabar.daemon.control.ControlCommand;
import io.kabar.daemon.control.ControlTable;
import io.kabar.daemon.control.Parameter;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.List;
import java.util.Set;

/** What a command is about. */
enum Subject {
    PERSON("Person"),
    ROOM("Room"),
    SERVER("Server");

    /** What the window shows all the time, and what has a button of its own. */
    private static final Set<String> ELSEWHERE = Set.of("sessions", "rooms", "link", "stats", "stop", "help");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    /** What to call its menu. */
    String title() {
        return title;
    }

    /** The commands that are about it, in the order of the table. */
    List<ControlCommand> commands() {
        return ControlTable.rows().stream()
                .filter(command -> !ELSEWHERE.contains(command.word()) && of(command) == this)
                .toList();
    }

    private static Subject of(ControlCommand command) {
        List<Kind> kinds = command.parameters().stream().map(Parameter::kind).toList();
        if (kinds.contains(Kind.NAME)) {
            return PERSON;
        }
        return kinds.contains(Kind.ROOM) ? ROOM : SERVER;
    }
}

package io.kabar.cli.fullscreen;

import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.cli.input.Action;
import io.kabar.cli.input.Bindings;
import io.kabar.cli.input.Key;
import io.kabar.cli.screen.RoomEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What keys do. A question is answered before anything else, then what was written is searched, then the chosen message
 * has the keys of its own, and then they write.
 */
final class Keyboard {

    /** What a chat does for its keys. */
    interface Chat {

        /** Does what was typed. */
        void perform(String typed);

        /** Brings a room to the front. */
        void open(RoomEntry room);

        /** Something is being written to the room in front. */
        void typing();

        /** Fetches what is older than what is shown. */
        void older();

        void leave();

        /** Puts text on the clipboard. */
        void copy(String text);

        /** The terminal itself is asked: draw anew, go to the shell. */
        void terminal(Action action);

        /** Something that is shown or not. */
        void toggle(Action action);
    }

    private static final int WHEEL_ROWS = 3;

    private final ChatModel model;
    private final Bindings bindings;
    private final Reading reading;
    private final Composing composing;
    private final Questions questions;
    private final Chat chat;

    Keyboard(ChatModel model, Bindings bindings, Reading reading, Composing composing, Questions questions, Chat chat) {
        this.model = model;
        this.bindings = bindings;
        this.reading = reading;
        this.composing = composing;
        this.questions = questions;
        this.chat = chat;
    }

    void press(Key key) {
        if (key instanceof Key.Named named) {
            @Nullable Action action = bindings.find(named.name()).orElse(null);
            if (action == Action.FOCUS || action == Action.BLUR) {
                reading.setFocused(action == Action.FOCUS);
            } else if (action == Action.SUSPEND || action == Action.REDRAW) {
                chat.terminal(action);
            } else if (questions.isOpen()) {
                questions.press(action);
            } else if (action == null) {
                unbound(named.name());
            } else {
                perform(action, named.name());
            }
        } else if (key instanceof Key.Text text) {
            type(text.text());
        } else if (key instanceof Key.Pasted pasted && !questions.isOpen()) {
            reading.drop();
            composing.type(pasted.text());
            announce();
        }
        reading.look();
    }

    private void type(String text) {
        if (questions.isOpen()) {
            questions.type(text);
        } else if (composing.search().isOpen()) {
            composing.search().type(text);
        } else if (reading.message().isEmpty()
                || !choice(text, reading.message().get())) {
            reading.drop();
            composing.type(text);
            announce();
        }
    }

    /** Somebody writes, unless it is a command. */
    private void announce() {
        String text = composing.line().text();
        if (!text.isBlank() && (!text.startsWith("/") || text.startsWith("//"))) {
            chat.typing();
        }
    }

    /** What a letter does to the message that is chosen; false if nothing. */
    private boolean choice(String letter, TranscriptLine.Said said) {
        String number = "#" + said.state().sequence() + " ";
        switch (letter) {
            case "r" -> write("/reply " + number);
            case "=" -> write("/react " + number);
            case "e" -> write("/edit " + number + (said.own() ? said.reading().text() : ""));
            case "d" -> write("/delete " + number);
            case "y" -> {
                reading.drop();
                chat.copy(said.reading().text());
            }
            case "w" -> {
                reading.drop();
                chat.perform("/who-saw " + number.strip());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void write(String command) {
        reading.drop();
        composing.line().set(command);
    }

    private void unbound(String name) {
        if (name.startsWith("alt+") && Parts.isDigits(name.substring(4), 1, 1)) {
            int place = (name.charAt(4) - '0' + 9) % 10;
            List<RoomEntry> rooms = RoomEntry.of(model);
            if (place < rooms.size()) {
                chat.open(rooms.get(place));
            }
        }
    }

    private void perform(Action action, String key) {
        if (composing.search().isOpen() && inSearch(action)) {
            return;
        }
        if (reading.message().isPresent() && inChoice(action)) {
            return;
        }
        switch (action) {
            case SEND -> send();
            case PREVIOUS_ROOM -> neighbour(-1);
            case NEXT_ROOM -> neighbour(1);
            case ACTIVE_ROOM -> active();
            case SWITCH_ROOM -> write("/join #");
            case SEARCH_ROOM -> write("/search ");
            case HELP -> chat.perform("/help");
            case PAGE_UP -> up(key.startsWith("wheel") ? WHEEL_ROWS : 0);
            case PAGE_DOWN -> down(key.startsWith("wheel") ? WHEEL_ROWS : 0);
            case OLDEST -> {
                reading.toOldest();
                chat.older();
            }
            case NEWEST -> reading.toNewest();
            case PREVIOUS_MENTION -> reading.mention(-1);
            case NEXT_MENTION -> reading.mention(1);
            case FIRST_UNREAD -> reading.toFirstUnread();
            case MESSAGE_UP -> reading.step(-1);
            case MESSAGE_DOWN -> reading.step(1);
            case CANCEL -> cancel();
            case END_OF_INPUT -> {
                if (!composing.line().perform(Action.DELETE) && composing.line().isEmpty()) {
                    chat.leave();
                }
            }
            case ESCAPE -> escape();
            case TOGGLE_ROOMS, TOGGLE_ROSTER, BARE -> chat.toggle(action);
            default -> composing.perform(action);
        }
    }

    private void up(int rows) {
        if (reading.scroll().isAtTop()) {
            chat.older();
        }
        if (rows > 0) {
            reading.wheel(rows);
        } else {
            reading.page(1);
        }
    }

    private void down(int rows) {
        if (rows > 0) {
            reading.wheel(-rows);
        } else {
            reading.page(-1);
        }
    }

    /** While what was written is searched; false for what ends the search and does something else. */
    private boolean inSearch(Action action) {
        switch (action) {
            case SEARCH_INPUT -> composing.search().older();
            case BACKSPACE -> composing.search().erase();
            case CANCEL, ESCAPE -> composing.search().take();
            default -> {
                composing.line().set(composing.search().take());
                return action == Action.SEND;
            }
        }
        return true;
    }

    /** While a message is chosen, these go through messages. */
    private boolean inChoice(Action action) {
        switch (action) {
            case OLDER_INPUT -> reading.step(-1);
            case NEWER_INPUT -> reading.step(1);
            case BACKSPACE, DELETE -> choice("d", reading.message().orElseThrow());
            case CANCEL -> reading.drop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void send() {
        reading.toNewest();
        if (!composing.line().text().isBlank()) {
            chat.perform(composing.take());
        }
    }

    private void cancel() {
        composing.completion().end();
        if (composing.line().isEmpty()) {
            chat.leave();
        } else {
            composing.line().set("");
        }
    }

    private void escape() {
        if (composing.completion().isOpen()) {
            composing.completion().end();
        } else if (reading.message().isPresent()) {
            reading.drop();
        } else {
            reading.toNewest();
        }
    }

    private void neighbour(int step) {
        List<RoomEntry> rooms = RoomEntry.of(model);
        for (int i = 0; i < rooms.size(); i++) {
            if (rooms.get(i).current()) {
                chat.open(rooms.get(Math.floorMod(i + step, rooms.size())));
                return;
            }
        }
        rooms.stream().findFirst().ifPresent(chat::open);
    }

    private void active() {
        Optional<RoomEntry> next = RoomEntry.of(model).stream()
                .filter(room -> room.unread() > 0 && !room.current())
                .max(Comparator.comparing(room -> room.mentions() > 0));
        if (next.isPresent()) {
            chat.open(next.get());
        } else if (model.current().map(RoomModel::unread).orElse(0) > 0) {
            reading.toFirstUnread();
        }
    }
}

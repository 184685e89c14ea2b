package io.kabar.daemon.control;

import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.server.ServerRoom;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What can be done to a room. */
final class RoomRows {

    /** What clears a topic, as a shell and a prompt have no good way to give an empty word. */
    private static final String NOTHING = "-";

    private RoomRows() {}

    static List<ControlCommand> rows() {
        return List.of(
                ControlCommand.of("rooms", "list the rooms", RoomRows::rooms),
                ControlCommand.of("who ROOM", "list who is in a room", RoomRows::who),
                ControlCommand.of("say ROOM TEXT...", "say something as the server, for good", RoomRows::say),
                ControlCommand.of(
                        "announce ROOM TEXT...",
                        "tell those who are in a room now; it is not in its log",
                        RoomRows::announce),
                ControlCommand.of("topic ROOM [TOPIC...]", "show or set a room's topic; - clears it", RoomRows::topic),
                ControlCommand.of(
                        "describe ROOM [TEXT...]", "show or set what a room is for; - clears it", RoomRows::describe),
                ControlCommand.of("modes ROOM", "show what is set for a room", RoomRows::modes),
                ControlCommand.of(
                        "mode ROOM MODE VALUE", "set a mode of a room: on, off, a role or a number", RoomRows::mode),
                ControlCommand.of(
                        "slow ROOM VALUE",
                        "let people speak in a room once in so long, as 10s; or off",
                        RoomRows::slow),
                ControlCommand.of(
                                "close ROOM [REASON...]",
                                "close a room, and put everybody out but its owners",
                                RoomRows::close)
                        .asking(RoomRows::beforeClosing),
                ControlCommand.of("open ROOM", "open a room that was closed", RoomRows::open));
    }

    private static ServerRoom room(ControlHost host, Arguments arguments) {
        return host.server().room(arguments.room());
    }

    private static CompletableFuture<Outcome> rooms(ControlHost host, Arguments arguments) {
        return host.server()
                .rooms()
                .thenApply(rooms -> Outcome.list(
                        "There is no room yet.",
                        rooms.stream()
                                .map(room -> new Row()
                                        .with("room", room.name().text())
                                        .with("members", room.members())
                                        .with("seq", room.lastSequence())
                                        .with("topic", room.topic()))
                                .toList()));
    }

    private static CompletableFuture<Outcome> who(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .members()
                .thenApply(members -> Outcome.list(
                        "Nobody is in " + arguments.room() + ".",
                        members.stream().map(RoomRows::member).toList()));
    }

    private static Row member(Member member) {
        return new Row()
                .with("name", member.name().text())
                .with("role", member.role().word())
                .with("presence", member.presence().word());
    }

    private static CompletableFuture<Outcome> say(ControlHost host, Arguments arguments) {
        return room(host, arguments).say(arguments.text(Kind.TEXT)).thenApply(RoomRows::said);
    }

    private static Outcome said(Receipt receipt) {
        return Outcome.done("Said in " + receipt.room() + " as #" + receipt.sequence() + ".", row(receipt));
    }

    /** Which event has come of it. */
    static Row row(Receipt receipt) {
        return new Row()
                .with("room", receipt.room().text())
                .with("seq", receipt.sequence())
                .with("time", receipt.time().toString());
    }

    private static CompletableFuture<Outcome> announce(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .announce(arguments.text(Kind.TEXT))
                .thenApply(nothing -> Outcome.done("Told everybody who is in " + arguments.room() + " now."));
    }

    private static CompletableFuture<Outcome> topic(ControlHost host, Arguments arguments) {
        ServerRoom room = room(host, arguments);
        String wanted = arguments.given(Kind.TOPIC).orElse("");
        if (wanted.isEmpty()) {
            return room.topic().thenApply(topic -> shown(arguments, "topic", topic));
        }
        return room.setTopic(wanted.equals(NOTHING) ? "" : wanted)
                .thenApply(receipt -> Outcome.done(
                        (wanted.equals(NOTHING) ? "Cleared" : "Set") + " the topic of " + arguments.room() + "."));
    }

    private static CompletableFuture<Outcome> describe(ControlHost host, Arguments arguments) {
        ServerRoom room = room(host, arguments);
        String wanted = arguments.given(Kind.TEXT).orElse("");
        if (wanted.isEmpty()) {
            return room.description().thenApply(words -> shown(arguments, "description", words));
        }
        return room.describe(wanted.equals(NOTHING) ? "" : wanted)
                .thenApply(receipt -> Outcome.done("Described " + arguments.room() + "."));
    }

    private static Outcome shown(Arguments arguments, String what, String words) {
        Row row = new Row().with("room", arguments.room().text()).with(what, words);
        return Outcome.list(arguments.room() + " has no " + what + ".", words.isEmpty() ? List.of() : List.of(row));
    }

    private static CompletableFuture<Outcome> modes(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .modes()
                .thenApply(modes -> Outcome.list(
                        "",
                        Arrays.stream(RoomMode.values())
                                .map(mode ->
                                        new Row().with("mode", mode.word()).with("value", mode.word(modes.value(mode))))
                                .toList()));
    }

    private static CompletableFuture<Outcome> mode(ControlHost host, Arguments arguments) {
        return set(host, arguments, ModeWord.mode(arguments.text(Kind.MODE)), arguments.text(Kind.VALUE));
    }

    private static CompletableFuture<Outcome> slow(ControlHost host, Arguments arguments) {
        return set(host, arguments, RoomMode.SLOW, arguments.text(Kind.VALUE));
    }

    private static CompletableFuture<Outcome> open(ControlHost host, Arguments arguments) {
        return set(host, arguments, RoomMode.CLOSED, "off");
    }

    private static CompletableFuture<Outcome> set(ControlHost host, Arguments arguments, RoomMode mode, String value) {
        return room(host, arguments)
                .change(ModeWord.change(mode, value))
                .thenApply(receipt -> Outcome.done(
                        "In " + arguments.room() + " " + mode.word() + " is now " + value + ".", row(receipt)));
    }

    private static CompletableFuture<String> beforeClosing(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .members()
                .thenApply(members -> "Close " + arguments.room() + ", where " + People.count(members.size())
                        + (members.size() == 1 ? " is" : " are") + "?");
    }

    private static CompletableFuture<Outcome> close(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .close(arguments.reason())
                .thenApply(nothing -> Outcome.done("Closed " + arguments.room() + "."));
    }
}

package io.kabar.daemon.control;

import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.server.ServerRoom;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.List;
import java.util.Locale;
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
                        "kick ROOM NAME [REASON...]", "put somebody out of a room; they may come back", RoomRows::kick),
                ControlCommand.of("close ROOM [REASON...]", "put everybody out of a room", RoomRows::close)
                        .asking(RoomRows::beforeClosing));
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
                .with("role", member.role().name().toLowerCase(Locale.ROOT))
                .with("presence", member.presence().name().toLowerCase(Locale.ROOT));
    }

    private static CompletableFuture<Outcome> say(ControlHost host, Arguments arguments) {
        return room(host, arguments).say(arguments.text(Kind.TEXT)).thenApply(RoomRows::said);
    }

    private static Outcome said(Receipt receipt) {
        return Outcome.done(
                "Said in " + receipt.room() + " as #" + receipt.sequence() + ".",
                new Row()
                        .with("room", receipt.room().text())
                        .with("seq", receipt.sequence())
                        .with("time", receipt.time().toString()));
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
            return room.topic()
                    .thenApply(topic -> Outcome.list(
                            arguments.room() + " has no topic.",
                            topic.isEmpty()
                                    ? List.of()
                                    : List.of(new Row()
                                            .with("room", arguments.room().text())
                                            .with("topic", topic))));
        }
        return room.setTopic(wanted.equals(NOTHING) ? "" : wanted)
                .thenApply(receipt -> Outcome.done(
                        (wanted.equals(NOTHING) ? "Cleared" : "Set") + " the topic of " + arguments.room() + "."));
    }

    private static CompletableFuture<Outcome> kick(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .putOut(arguments.user(), arguments.reason())
                .thenApply(nothing -> Outcome.done("Put " + arguments.user() + " out of " + arguments.room() + "."));
    }

    private static CompletableFuture<String> beforeClosing(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .members()
                .thenApply(members -> "Put " + People.count(members.size()) + " out of " + arguments.room() + "?");
    }

    private static CompletableFuture<Outcome> close(ControlHost host, Arguments arguments) {
        return room(host, arguments)
                .close(arguments.reason())
                .thenApply(nothing -> Outcome.done("Put everybody out of " + arguments.room() + "."));
    }
}

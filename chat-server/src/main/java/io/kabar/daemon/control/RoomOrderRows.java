package io.kabar.daemon.control;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSanction;
import io.kabar.chat.server.ServerRoom;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What can be done about people in a room. Each is an event of the room, in the server's name. */
final class RoomOrderRows {

    private RoomOrderRows() {}

    static List<ControlCommand> rows() {
        return List.of(
                ControlCommand.of(
                        "kick ROOM NAME [REASON...]",
                        "put somebody out of a room; they may come back",
                        RoomOrderRows::kick),
                ControlCommand.of(
                        "ban ROOM NAME [DURATION] [REASON...]", "keep somebody out of a room", RoomOrderRows::ban),
                ControlCommand.of("unban ROOM NAME", "let somebody into a room again", RoomOrderRows::unban),
                ControlCommand.of(
                        "mute ROOM NAME [DURATION] [REASON...]",
                        "let somebody stay in a room and not speak",
                        RoomOrderRows::mute),
                ControlCommand.of("unmute ROOM NAME", "let somebody speak in a room again", RoomOrderRows::unmute),
                ControlCommand.of(
                        "role ROOM NAME ROLE [REASON...]",
                        "make somebody guest, member, moderator or owner of a room",
                        RoomOrderRows::role),
                ControlCommand.of(
                        "invite ROOM NAME [REASON...]",
                        "let somebody in who could not enter a room otherwise",
                        RoomOrderRows::invite),
                ControlCommand.of(
                        "uninvite ROOM NAME [REASON...]",
                        "take that back; who is inside stays",
                        RoomOrderRows::uninvite),
                ControlCommand.of("bans ROOM", "list who is banned from a room or muted there", RoomOrderRows::bans));
    }

    private static CompletableFuture<Outcome> change(
            ControlHost host, Arguments arguments, RoomChange change, String done) {
        return host.server()
                .room(arguments.room())
                .change(change)
                .thenApply(receipt -> Outcome.done(done, RoomRows.row(receipt)));
    }

    private static CompletableFuture<Outcome> kick(ControlHost host, Arguments arguments) {
        RoomChange kick = RoomChange.kick(arguments.user(), arguments.reason());
        return change(host, arguments, kick, "Put " + arguments.user() + " out of " + arguments.room() + ".");
    }

    private static CompletableFuture<Outcome> ban(ControlHost host, Arguments arguments) {
        Optional<Duration> time = arguments.duration();
        return change(
                host,
                arguments,
                RoomChange.ban(arguments.user(), end(time), arguments.reason()),
                "Banned " + arguments.user() + " from " + arguments.room() + " " + Durations.words(time) + ".");
    }

    private static CompletableFuture<Outcome> unban(ControlHost host, Arguments arguments) {
        return change(
                host,
                arguments,
                RoomChange.unban(arguments.user()),
                arguments.user() + " may enter " + arguments.room() + " again.");
    }

    private static CompletableFuture<Outcome> mute(ControlHost host, Arguments arguments) {
        Optional<Duration> time = arguments.duration();
        return change(
                host,
                arguments,
                RoomChange.mute(arguments.user(), end(time), arguments.reason()),
                "Muted " + arguments.user() + " in " + arguments.room() + " " + Durations.words(time) + ".");
    }

    private static CompletableFuture<Outcome> unmute(ControlHost host, Arguments arguments) {
        return change(
                host,
                arguments,
                RoomChange.unmute(arguments.user()),
                arguments.user() + " may speak in " + arguments.room() + " again.");
    }

    private static CompletableFuture<Outcome> role(ControlHost host, Arguments arguments) {
        RoomRole role = ModeWord.role(arguments.text(Kind.ROLE));
        return change(
                host,
                arguments,
                RoomChange.role(arguments.user(), role, arguments.reason()),
                arguments.user() + " is " + role.word() + " of " + arguments.room() + ".");
    }

    private static CompletableFuture<Outcome> invite(ControlHost host, Arguments arguments) {
        return change(
                host,
                arguments,
                RoomChange.invite(arguments.user(), arguments.reason()),
                arguments.user() + " may enter " + arguments.room() + ".");
    }

    private static CompletableFuture<Outcome> uninvite(ControlHost host, Arguments arguments) {
        return change(
                host,
                arguments,
                RoomChange.uninvite(arguments.user(), arguments.reason()),
                arguments.user() + " is not invited into " + arguments.room() + " any more.");
    }

    private static CompletableFuture<Outcome> bans(ControlHost host, Arguments arguments) {
        ServerRoom room = host.server().room(arguments.room());
        return room.sanctions()
                .thenCompose(all -> rows(room, all))
                .thenApply(rows -> Outcome.list("Nobody is banned or muted in " + arguments.room() + ".", rows));
    }

    /** One after the other: each reads the event that says who, by whom and why. */
    private static CompletableFuture<List<Row>> rows(ServerRoom room, List<RoomSanction> all) {
        CompletableFuture<List<Row>> rows = CompletableFuture.completedFuture(new ArrayList<>());
        for (RoomSanction each : all) {
            rows = rows.thenCompose(before -> room.events(each.event(), 1).thenApply(found -> {
                before.add(row(each, found));
                return before;
            }));
        }
        return rows;
    }

    private static Row row(RoomSanction sanction, List<ChatEvent> found) {
        Row row = new Row().with("what", sanction.mute() ? "mute" : "ban");
        Optional<ChatEvent> event = found.stream()
                .filter(each -> each.sequence() == sanction.event())
                .findFirst();
        String name = event.map(ChatEvent::content)
                .filter(RoomChange.OfSomebody.class::isInstance)
                .map(change -> ((RoomChange.OfSomebody) change).whom().name())
                .orElse("");
        return row.with("name", name)
                .with("account", sanction.account())
                .with(
                        "until",
                        sanction.until().equals(RoomChange.FOREVER)
                                ? ""
                                : sanction.until().toString())
                .with("by", event.map(each -> each.from().text()).orElse(""))
                .with("reason", event.map(ChatEvent::text).orElse(""));
    }

    private static Instant end(Optional<Duration> time) {
        return time.map(Instant.now()::plus).orElse(RoomChange.FOREVER);
    }
}

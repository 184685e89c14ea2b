package io.kabar.daemon.control;

import io.kabar.chat.RoomName;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What can be done about people, wherever they are. */
final class PeopleRows {

    private PeopleRows() {}

    static List<ControlCommand> rows() {
        return List.of(
                ControlCommand.of("sessions", "list who is signed in, each device by itself", PeopleRows::sessions),
                ControlCommand.of("user NAME", "show the devices somebody is signed in from", PeopleRows::user),
                ControlCommand.of(
                        "tell NAME TEXT...", "tell one person something, on all their devices", PeopleRows::tell),
                ControlCommand.of("broadcast TEXT...", "tell everybody who is signed in now", PeopleRows::broadcast),
                ControlCommand.of(
                        "disconnect NAME [REASON...]",
                        "end all connections of somebody; they may sign in again",
                        PeopleRows::disconnect));
    }

    private static CompletableFuture<Outcome> sessions(ControlHost host, Arguments arguments) {
        return host.server().sessions().thenApply(all -> Outcome.list("Nobody is signed in.", rows(all)));
    }

    private static CompletableFuture<Outcome> user(ControlHost host, Arguments arguments) {
        return host.server()
                .user(arguments.user())
                .sessions()
                .thenApply(own -> Outcome.list(arguments.user() + " is not signed in.", rows(own)));
    }

    private static List<Row> rows(List<Session> sessions) {
        return sessions.stream().map(PeopleRows::row).toList();
    }

    /** Conversations of two are theirs alone, and are not counted among the rooms. */
    private static Row row(Session session) {
        return new Row()
                .with("name", session.name().text())
                .with("account", session.author().account())
                .with("role", session.role())
                .with("presence", session.presence().word())
                .with("address", text(session.address()))
                .with(
                        "rooms",
                        session.rooms().stream()
                                .filter(room -> !room.isDirect())
                                .map(RoomName::text)
                                .sorted()
                                .toList());
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static CompletableFuture<Outcome> tell(ControlHost host, Arguments arguments) {
        return host.server()
                .user(arguments.user())
                .notice(arguments.text(Kind.TEXT))
                .thenApply(nothing -> Outcome.done("Told " + arguments.user() + "."));
    }

    private static CompletableFuture<Outcome> broadcast(ControlHost host, Arguments arguments) {
        ChatServer server = host.server();
        String text = arguments.text(Kind.TEXT);
        return server.sessions().thenCompose(sessions -> {
            Set<UserName> names = sessions.stream().map(Session::name).collect(Collectors.toSet());
            List<CompletableFuture<Boolean>> told = names.stream()
                    .map(name -> server.user(name).notice(text).handle((nothing, gone) -> gone == null))
                    .toList();
            return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
                    .thenApply(all ->
                            (int) told.stream().filter(CompletableFuture::join).count())
                    .thenApply(count -> Outcome.done("Told " + People.count(count) + "."));
        });
    }

    private static CompletableFuture<Outcome> disconnect(ControlHost host, Arguments arguments) {
        return host.server()
                .user(arguments.user())
                .disconnect(arguments.reason())
                .thenApply(nothing -> Outcome.done("Disconnected " + arguments.user() + "."));
    }
}

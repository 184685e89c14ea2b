package io.kabar.daemon.control;

import io.kabar.chat.server.ServerStats;
import io.kabar.daemon.control.Outcome.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What can be done to the server itself. */
final class ServerRows {

    private ServerRows() {}

    static List<ControlCommand> rows() {
        return List.of(
                ControlCommand.of("link", "show the link to hand out", ServerRows::link),
                ControlCommand.of("stats", "show the server's figures", ServerRows::stats),
                ControlCommand.of("stop", "stop the server", ServerRows::stop).asking(ServerRows::beforeStopping),
                ControlCommand.of("help [COMMAND]", "list the commands, or explain one", ControlTable::help));
    }

    private static CompletableFuture<Outcome> link(ControlHost host, Arguments arguments) {
        return CompletableFuture.completedFuture(Outcome.list(
                "", List.of(new Row().with("link", host.invitation().toString()))));
    }

    private static CompletableFuture<Outcome> stats(ControlHost host, Arguments arguments) {
        ServerStats stats = host.server().stats();
        Row row = new Row()
                .with("sessions", stats.sessions())
                .with("handshaking", stats.handshaking())
                .with("rooms", stats.rooms())
                .with("accepted", stats.accepted())
                .with("deliveries", stats.deliveries())
                .with("datagramsIn", stats.datagramsIn())
                .with("datagramsOut", stats.datagramsOut())
                .with("bytesIn", stats.bytesIn())
                .with("bytesOut", stats.bytesOut())
                .with("logins", stats.logins())
                .with("resumptions", stats.resumptions())
                .with("loginsRefused", stats.loginsRefused())
                .with("roamed", stats.roamed())
                .with("notStored", stats.notStored())
                .with("receiveBuffer", stats.receiveBuffer())
                .with("socketErrors", stats.socketErrors())
                .with("socketsReopened", stats.socketsReopened())
                .with("dropped", dropped(stats.dropped()));
        return CompletableFuture.completedFuture(Outcome.list("", List.of(row)));
    }

    private static List<String> dropped(Map<String, Long> byReason) {
        return new TreeMap<>(byReason)
                .entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList();
    }

    private static CompletableFuture<String> beforeStopping(ControlHost host, Arguments arguments) {
        return host.server()
                .sessions()
                .thenApply(sessions -> sessions.isEmpty()
                        ? ""
                        : People.count(sessions.size()) + (sessions.size() == 1 ? " is" : " are")
                                + " connected. Stop the server all the same?");
    }

    private static CompletableFuture<Outcome> stop(ControlHost host, Arguments arguments) {
        host.stop();
        return CompletableFuture.completedFuture(Outcome.done("The server is stopping."));
    }
}

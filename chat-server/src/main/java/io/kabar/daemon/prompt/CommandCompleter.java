package io.kabar.daemon.prompt;

import io.kabar.chat.server.ChatServer;
import io.kabar.daemon.control.ControlCommand;
import io.kabar.daemon.control.ControlTable;
import io.kabar.daemon.control.Parameter;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, rooms and names. */
final class CommandCompleter implements Completer {

    /** Whoever has pressed Tab waits for the server no longer. */
    private static final int MILLIS = 500;

    private final ChatServer server;

    CommandCompleter(ChatServer server) {
        this.server = server;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        words(line.words(), line.wordIndex()).distinct().map(Candidate::new).forEach(candidates::add);
    }

    Stream<String> words(List<String> typed, int at) {
        if (at == 0) {
            return ControlTable.rows().stream().map(ControlCommand::word);
        }
        List<Parameter> takes =
                ControlTable.find(typed.get(0)).map(ControlCommand::parameters).orElse(List.of());
        if (at > takes.size()) {
            return Stream.empty();
        }
        Kind kind = takes.get(at - 1).kind();
        return switch (kind) {
            case ROOM -> now(server.rooms()).stream().map(room -> room.name().text());
            case NAME ->
                now(server.sessions()).stream().map(session -> session.name().text());
            case COMMAND -> ControlTable.rows().stream().map(ControlCommand::word);
            default -> Stream.empty();
        };
    }

    private static <T> List<T> now(CompletableFuture<List<T>> asked) {
        try {
            return asked.get(MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        }
    }
}

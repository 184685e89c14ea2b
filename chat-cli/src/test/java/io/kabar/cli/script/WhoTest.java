package io.kabar.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Journal;
import io.kabar.cli.Shell;
import io.kabar.cli.command.Deadline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhoTest {

    private static final int MEMBERS = 5000;

    @TempDir
    Path home;

    /** A journal that knows of more members in the lobby than a list holds: the server waits for them. */
    private record Crowded(MemoryJournal memory) implements Journal {

        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            memory.open(commits);
            Set<UserName> members = IntStream.range(0, MEMBERS)
                    .mapToObj(i -> UserName.of("user" + i))
                    .collect(Collectors.toSet());
            return Map.of(RoomName.LOBBY, new Kept(1, 0, "", members));
        }

        @Override
        public void propose(Proposal proposal) {
            memory.propose(proposal);
        }

        @Override
        public void read(long ticket, RoomName room, long from, int maxEvents, int maxBytes) {
            memory.read(ticket, room, from, maxEvents, maxBytes);
        }

        @Override
        public String retention(RoomName room) {
            return memory.retention(room);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    @Test
    void how_many_there_are_may_fail_or_be_late() throws Exception {
        CompletableFuture<List<RoomSummary>> failed = CompletableFuture.failedFuture(ChatException.of(Refusal.BUSY));
        assertThat(WhoCommand.count(RoomName.LOBBY, failed, Deadline.in(Duration.ofHours(1))))
                .isZero();
        assertThat(WhoCommand.count(RoomName.LOBBY, new CompletableFuture<>(), Deadline.in(Duration.ZERO)))
                .isZero();
        CompletableFuture<List<RoomSummary>> known =
                CompletableFuture.completedFuture(List.of(new RoomSummary(RoomName.LOBBY, 7, 1, "")));
        assertThat(WhoCommand.count(RoomName.LOBBY, known, Deadline.in(Duration.ZERO)))
                .isEqualTo(7);
    }

    @Test
    void a_list_that_is_cut_says_how_many_there_are() throws Exception {
        try (ChatServer server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .journal(new Crowded(new MemoryJournal()))
                .open()
                .start()) {
            String link = server.inviteLink(server.address().getHostString()).toString();
            Shell shell = new Shell(home);
            // Somebody has to have been there for the room to be listed.
            assertThat(shell.run("send", link, "-u", "ada", "hello")).isZero();
            Shell asking = new Shell(home);
            assertThat(asking.run("who", link)).isZero();
            assertThat(asking.err()).contains("These are 4,096 of ").contains(" in #lobby.");
            assertThat(asking.lines()).hasSize(4096);
        }
    }
}

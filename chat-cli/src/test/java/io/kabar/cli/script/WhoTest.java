package io.kabar.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Journal;
import io.kabar.cli.Shell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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
    void all_are_listed_page_by_page_or_those_whose_names_begin_so() throws Exception {
        try (ChatServer server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .journal(new Crowded(new MemoryJournal()))
                .open()
                .start()) {
            String link = server.inviteLink(server.address().getHostString()).toString();
            Shell shell = new Shell(home);
            assertThat(shell.run("who", link)).isZero();
            assertThat(shell.lines()).hasSize(MEMBERS).doesNotHaveDuplicates();
            Shell asking = new Shell(home);
            assertThat(asking.run("who", link, "-b", "USER499")).isZero();
            assertThat(asking.lines()).hasSize(11).allMatch(line -> line.startsWith("user499"));
            Shell vain = new Shell(home);
            assertThat(vain.run("who", link, "--beginning", "zoe")).isZero();
            assertThat(vain.lines()).isEmpty();
            assertThat(vain.err()).contains("Nobody whose name begins with zoe is in #lobby.");
            assertThat(vain.run("who", link, "-b", "x".repeat(33))).isEqualTo(64);
            assertThat(vain.err()).contains("No name is so long.");
        }
    }
}

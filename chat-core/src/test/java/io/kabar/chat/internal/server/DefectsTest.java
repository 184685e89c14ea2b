package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.server.core.Deadlines;
import io.kabar.chat.internal.server.core.DelayedTasks;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.room.RoomCheck;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bug of ours that shows while one session is served costs that session, and nobody else. */
class DefectsTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig = new EndpointRig();
    private final TestClient ada = rig.inside("ada", JoinHistory.NONE);
    private final TestClient bob = rig.inside("bob", JoinHistory.NONE);
    private final TestClient cleo = rig.inside("cleo", JoinHistory.NONE);

    /** Something with frames to send that breaks where it is told to. */
    private static class Broken implements FrameSource {
        @Override
        public long writeFrames(FrameWriter out, long now) {
            out.signal(1, new byte[] {1});
            return 1;
        }

        @Override
        public boolean hasMore() {
            return false;
        }

        @Override
        public boolean reliable() {
            return true;
        }

        @Override
        public void onAcked(long token, long now) {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void onLost(long token, long now) {
            throw new IllegalStateException("a bug");
        }
    }

    @BeforeEach
    void expected() {
        rig.expectDefects = true;
    }

    private ServerSession session(String name) {
        return Objects.requireNonNull(rig.server.sessionOf(new UserName(name)));
    }

    private void adaGetsA(FrameSource source) {
        session("ada").connection().register(source, FrameClass.LOG).ready();
    }

    private List<ServerEvent.Defect> defects() {
        return rig.told.stream()
                .filter(ServerEvent.Defect.class::isInstance)
                .map(ServerEvent.Defect.class::cast)
                .toList();
    }

    private void onlyAdaIsGone() {
        assertThat(defects()).singleElement().satisfies(defect -> {
            assertThat(defect.where()).contains("ada");
            assertThat(defect.cause()).hasMessage("a bug");
        });
        assertThat(rig.server.counters().defects()).isPositive();
        assertThat(rig.told)
                .filteredOn(ServerEvent.SignedOut.class::isInstance)
                .singleElement()
                .isEqualTo(new ServerEvent.SignedOut(new UserName("ada"), CloseReason.INTERNAL));
        assertThat(rig.log(LOBBY)).as("what the others see").contains("4 ada left");
        bob.say(LOBBY, "are you there?");
        rig.pass(Duration.ofSeconds(1));
        assertThat(cleo.events(LOBBY)).last().asString().contains("are you there?");
        rig.assertServing();
        rig.pass(Duration.ofMinutes(1));
        assertThat(defects()).as("told of once").hasSize(1);
        assertThat(rig.server.held().get("sessions")).as("ada may come back").isBetween(3, 4);
    }

    @Test
    void while_a_datagram_is_made_for_it() {
        adaGetsA(new Broken() {
            @Override
            public long writeFrames(FrameWriter out, long now) {
                throw new IllegalStateException("a bug");
            }
        });
        bob.say(LOBBY, "hello");
        rig.pass(Duration.ofSeconds(1));
        onlyAdaIsGone();
    }

    @Test
    void while_its_datagram_is_taken() {
        adaGetsA(new Broken());
        rig.pass(Duration.ofSeconds(1));
        onlyAdaIsGone();
    }

    @Test
    void while_its_time_has_come() {
        ada.hearsPackets = false;
        adaGetsA(new Broken());
        rig.pass(Duration.ofSeconds(20));
        onlyAdaIsGone();
    }

    /** Saying goodbye breaks as well. */
    @Test
    void again_and_again() {
        adaGetsA(new Broken() {
            @Override
            public long writeFrames(FrameWriter out, long now) {
                throw new IllegalStateException("a bug");
            }
        });
        RoomCheck.breakLeaving(session("ada"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(defects()).hasSize(1);
        assertThat(rig.server.counters().defects()).isGreaterThan(1);
        bob.say(LOBBY, "hello");
        rig.pass(Duration.ofSeconds(1));
        assertThat(cleo.events(LOBBY)).last().asString().contains("hello");
        assertThat(rig.server.held().get("sessions")).isBetween(2, 3);
    }

    /** As an event that cannot be encoded, read from a journal that was edited by hand. */
    @Test
    void a_delayed_task_that_breaks_keeps_no_other_waiting() {
        StringBuilder done = new StringBuilder();
        Deadlines deadlines = new Deadlines();
        DelayedTasks delayedTasks = new DelayedTasks(deadlines, e -> done.append(e.getMessage()));
        delayedTasks.at(1, () -> done.append("one "));
        delayedTasks.at(2, () -> {
            throw new IllegalStateException("a bug ");
        });
        delayedTasks.at(3, () -> done.append("three"));
        delayedTasks.runDue(3);
        assertThat(done).hasToString("one a bug three");
        assertThat(deadlines.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void event_of_a_third_person_in_a_conversation_of_two_is_the_journals_own_affair() {
        rig.expectDefects = false;
        RoomName conversation = rig.talk("ada", "bob");
        ChatEvent event = ChatEvent.of(
                conversation,
                1,
                Instant.ofEpochSecond(1),
                new Author(99, new UserName("eve")),
                new Content.Said("psst", false));

        rig.server.handleCommit(0, new Journal.Entry(event, MessageId.NONE), rig.now);
        rig.settle();

        assertThat(ada.of(ClientEvent.DirectWaiting.class)).hasSize(1);
        assertThat(bob.of(ClientEvent.DirectWaiting.class)).hasSize(1);
        assertThat(cleo.of(ClientEvent.DirectWaiting.class)).isEmpty();
    }
}

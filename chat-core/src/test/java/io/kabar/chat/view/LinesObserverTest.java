package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whoever follows the changes has the lines, without ever asking for all of them. */
class LinesObserverTest {

    /** A copy that is made of nothing but what is told. */
    private static final class Copy implements LinesObserver {
        private final Transcript transcript;
        private final List<TranscriptLine> lines = new ArrayList<>();
        private int changes;

        Copy(Transcript transcript) {
            this.transcript = transcript;
            lines.addAll(transcript.lines());
            transcript.observe(this);
        }

        @Override
        public void added(int index, int count) {
            changes++;
            for (int i = index; i < index + count; i++) {
                lines.add(i, transcript.line(i));
            }
        }

        @Override
        public void removed(int index, int count) {
            changes++;
            lines.subList(index, index + count).clear();
        }

        @Override
        public void changed(int index) {
            changes++;
            lines.set(index, transcript.line(index));
        }
    }

    @Test
    void the_changes_that_are_told_make_the_transcript() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Scene scene = new Scene();
            scene.model.keepLines(40);
            RoomModel lobby = scene.enter("lobby", 100, 101, "bob");
            Copy copy = new Copy(lobby.transcript());
            long next = 101;
            for (int step = 0; step < 120; step++) {
                next = happen(random, scene, lobby, next);
                assertThat(copy.lines)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(lobby.transcript().lines());
            }
            assertThat(lobby.transcript().size()).isLessThan(80);
        }
    }

    private static long happen(Random random, Scene scene, RoomModel lobby, long next) {
        switch (random.nextInt(12)) {
            case 0 -> scene.runner.say(lobby, "mine " + random.nextInt(3), false);
            case 1, 2 -> answer(random, scene, next);
            case 3 -> scene.said(next, "ada", "mine " + random.nextInt(3));
            case 4 -> scene.joined(next, "tam");
            case 5 -> scene.left(next, "tam", "");
            case 6, 7 -> {
                long target = Math.max(1, next - 1 - random.nextInt(20));
                Content done = random.nextBoolean()
                        ? new Amendment.Edited("otherwise")
                        : random.nextBoolean() ? new Amendment.Deleted("") : new Amendment.Reacted("+1", false);
                scene.model.onEvent(
                        scene.client,
                        new ChatEvent(Scene.LOBBY, 0, next, Scene.NOON, Author.of(UserName.of("bob")), target, done),
                        EventOrigin.LIVE);
            }
            case 8 -> {
                long to = random.nextInt(100);
                List<ChatEvent> page = LongStream.rangeClosed(Math.max(1, to - 5), to)
                        .mapToObj(number -> ChatEvent.of(
                                Scene.LOBBY,
                                number,
                                Scene.NOON,
                                Author.of(UserName.of("bob")),
                                new Content.Said("old " + number, false)))
                        .toList();
                scene.client.page = new HistoryPage(Scene.LOBBY, page, 1, next);
                scene.runner.run(random.nextBoolean() ? "/history" : "/history #" + Math.max(1, to));
            }
            case 9 -> scene.runner.run(random.nextInt(8) == 0 ? "/clear" : "/nonsense");
            default -> scene.said(next, "bob", "words " + next);
        }
        return Math.max(next, lobby.head()) + 1;
    }

    private static void answer(Random random, Scene scene, long next) {
        if (!scene.client.receipts.isEmpty()) {
            if (random.nextBoolean()) {
                scene.client.accept(next);
            } else {
                scene.client.refuse(ChatException.of(Refusal.NOT_ALLOWED));
            }
        }
    }

    @Test
    void one_more_line_is_one_change_however_many_there_are() {
        for (int lines : new int[] {100, 100_000}) {
            Scene scene = new Scene();
            scene.model.keepLines(200_000);
            RoomModel lobby = scene.enter("lobby", 0, 1, "bob");
            for (int i = 1; i <= lines; i++) {
                scene.said(i, "bob", "line " + i);
            }
            Copy copy = new Copy(lobby.transcript());
            scene.said(lines + 1L, "bob", "one more");
            assertThat(copy.changes).isEqualTo(1);
            assertThat(lobby.transcript().indexOfMessage(50)).hasValue(50); // behind the word of who is here
        }
    }
}

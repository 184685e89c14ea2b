package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.files.ChannelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A real disk of two megabytes that fills up and is emptied. Needs a small file system and somebody who may mount one:
 * {@code sudo storage/csv/src/test/scripts/small-disk} does all of it.
 */
class SmallDiskTest {

    private static final String FOLDER = System.getProperty("kabar.small.disk", "");
    private static final int BALLAST = 300 * 1024;

    private final List<String> accepted = new ArrayList<>();
    private final Random random = new Random(1);

    @Test
    void nothing_accepted_is_missing_after_a_disk_was_full_and_was_emptied() throws Exception {
        assumeThat(FOLDER).as("-Dkabar.small.disk").isNotEmpty();
        Path disk = Path.of(FOLDER);
        assertThat(disk.toFile().getTotalSpace()).as("a small disk").isBetween(1L, 8L * 1024 * 1024);
        Path data = disk.resolve("data");
        Path first = Files.write(disk.resolve("ballast1"), new byte[BALLAST]);
        Path second = Files.write(disk.resolve("ballast2"), new byte[BALLAST]);
        CsvServer.start(data, new ChatServerListener() {}).close();

        try (OpenJournal journal = new OpenJournal(data)) {
            fill(journal);
            refused(journal);
            assertThat(texts(journal)).as("the full room is readable").isEqualTo(accepted);
            Files.delete(first);
            fill(journal);
            refused(journal);
            assertThat(texts(journal)).isEqualTo(accepted);
            assertThat(journal.answers.warnings())
                    .anySatisfy(line -> assertThat(line).startsWith("Cannot write the log of #lobby"))
                    .anySatisfy(line -> assertThat(line).startsWith("Can write the log of #lobby again"));
        }
        CsvServer.start(data, new ChatServerListener() {}).close();
        try (OpenJournal journal = new OpenJournal(data, Durability.ALWAYS, ChannelFile::open)) {
            assertThat(texts(journal)).as("after a start on the full disk").isEqualTo(accepted);
            refused(journal);
            Files.delete(second);
            fill(journal);
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(texts(journal)).isEqualTo(accepted);
        }
        System.out.println("SmallDiskTest: " + accepted.size() + " messages on a disk of "
                + disk.toFile().getTotalSpace() / 1024 + " KiB");
    }

    /** Says more and more until the disk takes no more, not even the shortest message. */
    private void fill(OpenJournal journal) {
        int before = accepted.size();
        for (int length = 4_000; length >= 1; length /= 2) {
            String text;
            do {
                text = accepted.size() + " " + "x".repeat(random.nextInt(length));
                assertThat(accepted.size()).as("it should be full by now").isLessThan(100_000);
            } while (say(journal, text));
        }
        assertThat(accepted.size()).isGreaterThan(before);
    }

    private boolean say(OpenJournal journal, String text) {
        Answers.Answer answer = journal.say(text).get(0);
        if (answer.refusal() != null) {
            assertThat(answer.refusal()).isEqualTo(Refusal.STORAGE);
            return false;
        }
        assertThat(answer.numbers()).containsExactly(accepted.size() + 1L);
        accepted.add(text);
        return true;
    }

    private void refused(OpenJournal journal) {
        assertThat(say(journal, "x".repeat(4_000))).isFalse();
    }

    private static List<String> texts(OpenJournal journal) throws IOException {
        List<String> texts = new ArrayList<>();
        List<ChatEvent> page;
        do {
            page = journal.read(texts.size() + 1L, 1_000).entries().stream()
                    .map(entry -> entry.event())
                    .toList();
            page.forEach(event -> texts.add(event.text()));
        } while (!page.isEmpty());
        return texts;
    }
}

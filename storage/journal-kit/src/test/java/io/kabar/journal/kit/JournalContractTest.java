package io.kabar.journal.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Journal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Journals with a defect, each of which fails the tests that are about it. */
class JournalContractTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void a_whole_journal_fails_nothing() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal::new, LONG))).isEmpty();
    }

    @Test
    void holes_in_the_numbers_are_seen() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal.Holes::new)))
                .contains("numbers_begin_with_one_and_have_no_holes");
    }

    @Test
    void lost_ids_are_seen() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal.NoIds::new)))
                .contains("what_was_committed_is_there_after_opening_again", "a_read_begins_at_any_place");
    }

    @Test
    void time_that_decreases_is_seen() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal.AnyTime::new, LONG)))
                .containsExactly("time_does_not_decrease_also_after_opening_again");
    }

    @Test
    void reads_from_another_place_are_seen() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal.ReadsShort::new))).contains("a_read_begins_at_any_place");
    }

    @Test
    void answers_out_of_order_are_seen() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal.OutOfOrder::new)))
                .contains("proposals_are_committed_in_their_order_and_each_once");
    }

    @Test
    void a_proposal_without_an_answer_is_seen() throws Exception {
        assertThat(failed(() -> new Contract(BrokenJournal.Silent::new)))
                .contains("proposals_are_committed_in_their_order_and_each_once", "close_answers_what_is_open");
    }

    @Test
    void a_journal_that_keeps_nothing_is_seen() throws Exception {
        assertThat(failed(() -> new Contract(MemoryJournal::new) {
                    @Override
                    protected Journal journal() {
                        return new MemoryJournal();
                    }
                }))
                .contains("what_was_committed_is_there_after_opening_again", "close_answers_what_is_open");
    }

    @Test
    void what_a_hook_promises_and_does_not_happen_is_seen() throws Exception {
        assertThat(failed(() -> new Contract(MemoryJournal::new) {
                    @Override
                    protected boolean commitElsewhere(ChatEvent draft) {
                        return true;
                    }

                    @Override
                    protected boolean forget(RoomName room) {
                        return true;
                    }

                    @Override
                    protected boolean refuse(boolean everything) {
                        return true;
                    }
                }))
                .contains(
                        "what_others_commit_is_told_and_read",
                        "what_is_forgotten_is_told_and_not_given_any_more",
                        "a_refused_proposal_leaves_nothing");
    }

    private static class Contract extends JournalContract {

        private final Journal journal;
        private final Duration patience;

        /** For a journal that may keep a test waiting in vain. */
        Contract(Supplier<Journal> maker) {
            this(maker, Duration.ofMillis(200));
        }

        Contract(Supplier<Journal> maker, Duration patience) {
            journal = maker.get();
            this.patience = patience;
        }

        @Override
        protected Journal journal() {
            return journal;
        }

        @Override
        protected Duration patience() {
            return patience;
        }
    }

    /** The tests of the contract that fail, each run with a contract of its own. */
    private static Set<String> failed(Supplier<JournalContract> contracts) throws Exception {
        Set<String> failed = new TreeSet<>();
        for (Method test : JournalContract.class.getDeclaredMethods()) {
            if (!test.isAnnotationPresent(Test.class)) {
                continue;
            }
            JournalContract contract = contracts.get();
            try {
                test.invoke(contract);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof TestAbortedException)) {
                    failed.add(test.getName());
                }
            } finally {
                contract.closeWhatIsOpen();
            }
        }
        return failed;
    }
}

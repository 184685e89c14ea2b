package io.kabar.journal.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.journal.kit.JournalAnswers.Answer;
import io.kabar.journal.kit.JournalAnswers.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Journal} promises, as tests: whoever writes one extends this class and says how it is made. JUnit
 * makes one instance a test, so that each begins with a place of its own.
 *
 * <p>What not every journal can be brought to do has a hook: to refuse, to forget, to be written by another server. A
 * test whose hook is not overridden is skipped, and says so.
 *
 * <p>A test calls the journal from one thread, as a server does, and waits at most {@link #patience} for each answer.
 */
public abstract class JournalContract {

    private static final RoomName ROOM = RoomName.of("contract");
    private static final RoomName OTHER = RoomName.of("another");
    private static final int SOME = 20;
    private static final int PAGE_BYTES = 1024 * 1024;

    private @Nullable OpenedJournal open;

    /** For subclasses. */
    protected JournalContract() {}

    /**
     * A journal that is not open yet. Within a test each call but the first follows the {@code close} of the journal
     * before, and gives one that finds what that one has stored; a journal that keeps nothing gives the same again.
     */
    protected abstract Journal journal() throws Exception;

    /**
     * Makes every proposal fail from now on, or not any more.
     *
     * @return false if this journal cannot be brought to refuse
     */
    protected boolean refuse(boolean everything) throws Exception {
        return false;
    }

    /**
     * Makes the open journal let go of some or all of a room's events.
     *
     * @return false if this journal lets go of nothing
     */
    protected boolean forget(RoomName room) throws Exception {
        return false;
    }

    /**
     * Lets somebody else, such as another server of a cluster, commit an event to the log of the open journal.
     *
     * @return false if nobody else can
     */
    protected boolean commitElsewhere(ChatEvent draft) throws Exception {
        return false;
    }

    /** How long to wait for one answer: 20 seconds unless this says otherwise. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** Closes what a test has left open. */
    @AfterEach
    protected void closeWhatIsOpen() {
        OpenedJournal left = open;
        open = null;
        if (left != null) {
            left.close();
        }
    }

    private OpenedJournal start() throws Exception {
        return start(new JournalAnswers(patience()));
    }

    private OpenedJournal start(JournalAnswers answers) throws Exception {
        open = OpenedJournal.open(journal(), answers);
        return open;
    }

    private OpenedJournal startAnew() throws Exception {
        closeWhatIsOpen();
        return start();
    }

    /** Numbers begin with 1 and have no holes. */
    @Test
    protected void numbers_begin_with_one_and_have_no_holes() throws Exception {
        OpenedJournal journal = start();
        assertEquals(numbers(1, SOME), numbers(journal.say(ROOM, SOME)));
    }

    /** Proposals of a room are committed in the order in which they were proposed, each once. */
    @Test
    protected void proposals_are_committed_in_their_order_and_each_once() throws Exception {
        OpenedJournal journal = start();
        List<Proposal> proposals = new ArrayList<>();
        for (int i = 0; i < 10 * SOME; i++) {
            proposals.add(journal.propose(Drafts.said(ROOM, "text " + i), 1));
        }
        for (int i = 0; i < proposals.size(); i++) {
            Answer answer = journal.answers().answer();
            assertEquals(proposals.get(i).proposalId(), answer.number(), "the proposal of answer " + (i + 1));
            Entry entry = answer.entry();
            assertNotNull(entry);
            assertEquals(i + 1, entry.event().sequence());
        }
        closeWhatIsOpen();
        assertEquals(List.of(), journal.answers().allAnswers(), "answers to what was answered before");
    }

    /** What is committed is what was proposed, with its id and its epoch. */
    @Test
    protected void a_commit_holds_what_was_proposed() throws Exception {
        OpenedJournal journal = start();
        for (ChatEvent draft : List.of(
                Drafts.said(ROOM, "a \"text\", with\nlines and \u00E4\u20AC\uD83D\uDE00"),
                Drafts.joined(ROOM, Drafts.BOB),
                Drafts.topic(ROOM, "roses"),
                Drafts.left(ROOM, Drafts.BOB))) {
            Proposal proposal = journal.propose(draft, 5);
            Entry entry = journal.answers().commit();
            assertEquals(draft.withEpoch(5).withSequence(entry.event().sequence()), entry.event());
            assertEquals(proposal.id(), entry.id());
        }
    }

    /** An event that is dated before the newest gets its time. */
    @Test
    protected void time_does_not_decrease_also_after_opening_again() throws Exception {
        OpenedJournal journal = start();
        journal.commit(Drafts.said(ROOM, "at noon"));
        ChatEvent early = Drafts.said(ROOM, "before noon", Drafts.NOON.minusSeconds(60));
        assertEquals(Drafts.NOON, journal.commit(early).event().time());
        journal = startAnew();
        assertEquals(Drafts.NOON, journal.commit(early).event().time());
        ChatEvent late = Drafts.said(ROOM, "after noon", Drafts.NOON.plusSeconds(60));
        assertEquals(Drafts.NOON.plusSeconds(60), journal.commit(late).event().time());
        List<Entry> all = journal.read(ROOM, 1).entries();
        for (int i = 1; i < all.size(); i++) {
            assertFalse(
                    all.get(i).event().time().isBefore(all.get(i - 1).event().time()), "time of event " + (i + 1));
        }
    }

    /** What was committed is there after the journal was opened again, ids and epochs included, and numbers go on. */
    @Test
    protected void what_was_committed_is_there_after_opening_again() throws Exception {
        List<Entry> said = start().say(ROOM, SOME);
        OpenedJournal journal = startAnew();
        assertEquals(1, journal.kept(ROOM).first());
        assertEquals(SOME, journal.kept(ROOM).last());
        assertEquals(said, journal.read(ROOM, 1).entries());
        assertEquals(SOME + 1, journal.commit(Drafts.said(ROOM, "more")).event().sequence());
    }

    /** A read begins at any number, ends where it is told to, and has no holes. */
    @Test
    protected void a_read_begins_at_any_place() throws Exception {
        OpenedJournal journal = start();
        List<Entry> said = journal.say(ROOM, SOME);
        for (int from = 1; from <= SOME; from++) {
            Page page = journal.read(ROOM, from, 7, PAGE_BYTES);
            assertEquals(said.subList(from - 1, Math.min(SOME, from + 6)), page.entries(), "from " + from);
            assertEquals(1, page.first(), "the oldest event that is kept");
        }
        assertEquals(List.of(), journal.read(ROOM, SOME + 1).entries(), "behind the end");
        assertEquals(List.of(), journal.read(RoomName.of("nothing"), 1).entries(), "of a room without events");
        assertEquals(said.subList(3, 4), journal.read(ROOM, 4, 7, 1).entries(), "one event is always given");
    }

    /** What is told of a room when a journal is opened is what its log says. */
    @Test
    protected void members_topic_and_epochs_are_those_of_the_log() throws Exception {
        OpenedJournal journal = start();
        journal.commit(Drafts.joined(ROOM, Drafts.ADA), 3);
        journal.commit(Drafts.topic(ROOM, "roses"), 3);
        journal.commit(Drafts.joined(ROOM, Drafts.BOB), 4);
        journal.commit(Drafts.said(ROOM, "hi"), 4);
        journal = startAnew();
        assertEquals(Set.of(Drafts.ADA, Drafts.BOB), journal.kept(ROOM).members());
        assertEquals("roses", journal.kept(ROOM).topic());
        assertEquals(Map.of(1L, 3L, 3L, 4L), journal.kept(ROOM).epochs());
        journal.commit(Drafts.left(ROOM, Drafts.ADA), 5);
        journal.commit(Drafts.topic(ROOM, ""), 5);
        journal = startAnew();
        assertEquals(Set.of(Drafts.BOB), journal.kept(ROOM).members());
        assertEquals("", journal.kept(ROOM).topic());
        assertEquals(Map.of(1L, 3L, 3L, 4L, 5L, 5L), journal.kept(ROOM).epochs());
    }

    /** The text of a message that was deleted, and those of its edits, are given to nobody any more. */
    @Test
    protected void what_was_deleted_is_read_without_its_text_also_after_opening_again() throws Exception {
        OpenedJournal journal = start();
        List<Entry> said = journal.say(ROOM, SOME);
        Entry edit = journal.commit(Drafts.amendment(ROOM, 2, new Amendment.Edited("text 2, edited")));
        Entry other = journal.commit(Drafts.amendment(ROOM, 3, new Amendment.Edited("text 3, edited")));
        Entry deletion = journal.commit(Drafts.amendment(ROOM, 2, new Amendment.Deleted("why")));
        List<Entry> expected = new ArrayList<>(said);
        expected.set(1, withoutText(said.get(1)));
        expected.addAll(List.of(withoutText(edit), other, deletion));
        for (int starts = 0; starts < 3; starts++) {
            assertEquals(expected, journal.read(ROOM, 1).entries(), "read from the beginning");
            assertEquals(
                    expected.subList(1, 2), journal.read(ROOM, 2, 1, PAGE_BYTES).entries(), "read alone");
            assertEquals(
                    expected.subList(SOME, SOME + 3),
                    journal.read(ROOM, SOME + 1).entries(),
                    "its edit");
            journal = startAnew();
        }
    }

    private static Entry withoutText(Entry entry) {
        return new Entry(entry.event().withoutText(), entry.id());
    }

    /** An event that changes nothing of its room is an event: it is stored, and has a number. */
    @Test
    protected void entries_that_change_nothing_are_kept_like_others() throws Exception {
        OpenedJournal journal = start();
        journal.commit(Drafts.left(ROOM, Drafts.BOB));
        journal.commit(Drafts.joined(ROOM, Drafts.ADA));
        journal.commit(Drafts.joined(ROOM, Drafts.ADA));
        journal.commit(Drafts.topic(ROOM, "roses"));
        Entry last = journal.commit(Drafts.topic(ROOM, "roses"));
        assertEquals(5, last.event().sequence());
        journal = startAnew();
        assertEquals(numbers(1, 5), numbers(journal.read(ROOM, 1).entries()));
        assertEquals(Set.of(Drafts.ADA), journal.kept(ROOM).members());
        assertEquals("roses", journal.kept(ROOM).topic());
    }

    /** The same message once more is an event of its own: who repeats what, the server decides. */
    @Test
    protected void a_repeated_message_is_an_event_of_its_own() throws Exception {
        OpenedJournal journal = start();
        MessageId id = new MessageId(9, 1);
        ChatEvent draft = Drafts.said(ROOM, "twice");
        for (int number = 1; number <= 2; number++) {
            Proposal proposal = journal.propose(draft, id);
            ChatEvent event = draft.withEpoch(1).withSequence(number);
            assertEquals(
                    new Answer(proposal.proposalId(), new Entry(event, id)),
                    journal.answers().answer());
        }
        journal = startAnew();
        assertEquals(2, journal.read(ROOM, 1).entries().size());
    }

    /** Each room has numbers of its own, however their proposals mix. */
    @Test
    protected void rooms_are_numbered_apart() throws Exception {
        OpenedJournal journal = start();
        int rooms = 5;
        for (int i = 0; i < rooms * SOME; i++) {
            journal.propose(Drafts.said(RoomName.of("room" + i % rooms), "text " + i / rooms), 1);
        }
        Map<RoomName, List<Entry>> committed = new HashMap<>();
        for (int i = 0; i < rooms * SOME; i++) {
            Entry entry = journal.answers().commit();
            committed
                    .computeIfAbsent(entry.event().room(), room -> new ArrayList<>())
                    .add(entry);
        }
        journal = startAnew();
        assertEquals(rooms, committed.size());
        for (Map.Entry<RoomName, List<Entry>> each : committed.entrySet()) {
            assertEquals(
                    numbers(1, SOME), numbers(each.getValue()), each.getKey().toString());
            assertEquals(each.getValue(), journal.read(each.getKey(), 1).entries());
        }
    }

    /** A refused proposal leaves nothing behind, not even its number. */
    @Test
    protected void a_refused_proposal_leaves_nothing() throws Exception {
        OpenedJournal journal = start();
        journal.say(ROOM, 3);
        assumeTrue(refuse(true), "this journal cannot be brought to refuse");
        for (int i = 0; i < 3; i++) {
            Proposal proposal = journal.propose(Drafts.said(ROOM, "refused"), 1);
            assertEquals(
                    new Answer(proposal.proposalId(), null), journal.answers().answer());
        }
        refuse(false);
        assertEquals(4, journal.commit(Drafts.said(ROOM, "accepted")).event().sequence());
        List<Entry> before = journal.read(ROOM, 1).entries();
        assertEquals(numbers(1, 4), numbers(before));
        assertTrue(before.stream().noneMatch(entry -> entry.event().text().equals("refused")));
        journal = startAnew();
        assertEquals(before, journal.read(ROOM, 1).entries());
    }

    /** What is let go of is told, is not given any more, and takes no number with it. */
    @Test
    protected void what_is_forgotten_is_told_and_not_given_any_more() throws Exception {
        OpenedJournal journal = start();
        List<Entry> said = journal.say(ROOM, SOME);
        assumeTrue(forget(ROOM), "this journal lets go of nothing");
        long first = journal.answers().forgotten();
        assertTrue(first > 1 && first <= SOME + 1, "let go up to " + first + " of " + SOME);
        Page page = journal.read(ROOM, 1);
        assertEquals(first, page.first());
        assertEquals(said.subList((int) first - 1, SOME), page.entries());
        journal = startAnew();
        assertEquals(first, journal.kept(ROOM).first());
        assertEquals(SOME, journal.kept(ROOM).last());
        assertEquals(SOME + 1, journal.commit(Drafts.said(ROOM, "more")).event().sequence());
    }

    /** Two snapshots are given back as they were, the newest first, and what stands behind them is read. */
    @Test
    protected void snapshots_are_given_back_with_what_stands_behind_them() throws Exception {
        OpenedJournal journal = start();
        List<Entry> said = journal.say(ROOM, 6);
        journal.keep(ROOM, 1);
        Snapshot older = journal.keep(ROOM, 3);
        Snapshot newer = journal.keep(ROOM, 4);
        journal = startAnew();
        List<Snapshot> kept = journal.kept(ROOM).snapshots();
        assumeTrue(!kept.isEmpty(), "this journal keeps no snapshots");
        assertEquals(List.of(newer, older), kept);
        List<Entry> behind = new ArrayList<>();
        journal.kept(ROOM).log().behind(4, behind::add);
        assertEquals(said.subList(4, 6), behind);
    }

    /** A log that has lost its end goes on another way: what was kept of the lost end is not given back. */
    @Test
    protected void a_snapshot_takes_the_place_of_those_behind_it() throws Exception {
        OpenedJournal journal = start();
        journal.say(ROOM, 3);
        journal.keep(ROOM, 3);
        Snapshot earlier = journal.keep(ROOM, 2);
        journal = startAnew();
        List<Snapshot> kept = journal.kept(ROOM).snapshots();
        assumeTrue(!kept.isEmpty(), "this journal keeps no snapshots");
        assertEquals(List.of(earlier), kept);
    }

    /** What somebody else commits is told as proposal 0, in the order of the numbers, and is read like the rest. */
    @Test
    protected void what_others_commit_is_told_and_read() throws Exception {
        OpenedJournal journal = start();
        Entry mine = journal.commit(Drafts.said(ROOM, "mine"));
        assumeTrue(commitElsewhere(Drafts.said(ROOM, "theirs")), "nobody else writes to this journal");
        Answer foreign = journal.answers().answer();
        assertEquals(0, foreign.number(), "the number of what nobody here has proposed");
        Entry theirs = foreign.entry();
        assertNotNull(theirs);
        assertEquals(2, theirs.event().sequence());
        Entry next = journal.commit(Drafts.said(ROOM, "mine, too"));
        assertEquals(3, next.event().sequence());
        assertEquals(List.of(mine, theirs, next), journal.read(ROOM, 1).entries());
        journal = startAnew();
        assertEquals(List.of(mine, theirs, next), journal.read(ROOM, 1).entries());
    }

    /** A room that was dropped and comes again is numbered above what it was, as clients may remember that. */
    @Test
    protected void a_dropped_room_goes_on_above_its_former_numbers() throws Exception {
        OpenedJournal journal = start();
        journal.commit(Drafts.joined(OTHER, Drafts.ADA));
        long last = journal.commit(Drafts.left(OTHER, Drafts.ADA)).event().sequence();
        journal.journal().drop(OTHER);
        assertTrue(journal.commit(Drafts.said(OTHER, "new")).event().sequence() > last);
    }

    /** After {@code close} nothing is open: each proposal has its answer, and those committed are there. */
    @Test
    protected void close_answers_what_is_open() throws Exception {
        OpenedJournal journal = start();
        Set<Long> open = new HashSet<>();
        for (int i = 0; i < 10 * SOME; i++) {
            Proposal proposal = journal.propose(Drafts.said(ROOM, "text " + i), 1);
            open.add(proposal.proposalId());
        }
        closeWhatIsOpen();
        List<Entry> committed = new ArrayList<>();
        for (Answer answer : journal.answers().allAnswers()) {
            assertTrue(open.remove(answer.number()), "proposal " + answer.number() + " is answered once");
            Entry entry = answer.entry();
            if (entry != null) {
                committed.add(entry);
            }
        }
        assertEquals(Set.of(), open, "proposals without an answer");
        journal = start();
        assertEquals(committed, journal.read(ROOM, 1).entries());
    }

    /** A journal never blocks its caller, not even while whoever takes its answers does. */
    @Test
    protected void the_caller_is_never_blocked() throws Exception {
        HeldAnswers answers = new HeldAnswers(patience());
        OpenedJournal journal = start(answers);
        for (int i = 0; i < 10 * SOME; i++) {
            journal.propose(Drafts.said(ROOM, "text " + i), 1);
            journal.journal().read(1_000_000L + i, ROOM, 1, 1, PAGE_BYTES);
        }
        assertTrue(answers.release(), "propose and read return while nobody takes the answers");
        for (int i = 0; i < 10 * SOME; i++) {
            assertEquals(i + 1, answers.commit().event().sequence());
        }
    }

    /** People are told for how long a room is kept. */
    @Test
    protected void retention_goes_on_behind_history_is() throws Exception {
        String retention = start().journal().retention(ROOM);
        assertFalse(retention.isBlank(), "half a sentence");
        assertFalse(retention.endsWith("."), "no end of the sentence: " + retention);
    }

    private static List<Long> numbers(List<Entry> entries) {
        return entries.stream().map(entry -> entry.event().sequence()).toList();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}

package io.kabar.journal.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.journal.kit.JournalAnswers.Answer;
import io.kabar.journal.kit.JournalAnswers.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A journal that is open, with what a test asks of it in few words. Used by one thread. */
final class OpenedJournal {

    private static final int PAGE_BYTES = 1024 * 1024;

    private final Journal journal;
    private final JournalAnswers answers;
    private final Map<RoomName, Kept> kept;
    /** Of proposals and reads. */
    private long lastId;

    private OpenedJournal(Journal journal, JournalAnswers answers, Map<RoomName, Kept> kept) {
        this.journal = journal;
        this.answers = answers;
        this.kept = kept;
    }

    static OpenedJournal open(Journal journal, JournalAnswers answers) {
        OpenedJournal opened = new OpenedJournal(journal, answers, journal.open(answers));
        answers.whenWanted(room -> opened.keep(room, opened.last(room)));
        return opened;
    }

    private long last(RoomName room) {
        Kept before = kept.get(room);
        return Math.max(answers.last(room), before == null ? 0 : before.last());
    }

    /** Gives the journal a snapshot, and returns it; what is in it is no affair of a journal's. */
    Snapshot keep(RoomName room, long position) {
        ChatEvent value = Drafts.value(room).withSequence(1);
        Snapshot snapshot = new Snapshot(position, new byte[] {1, (byte) position, -1, 0}, List.of(value));
        journal.snapshot(room, snapshot);
        return snapshot;
    }

    Journal journal() {
        return journal;
    }

    JournalAnswers answers() {
        return answers;
    }

    /** What the journal has told of a room that it must know. */
    Kept kept(RoomName room) {
        Kept found = kept.get(room);
        assertNotNull(found, "the journal tells of " + room + " when it is opened");
        assertNull(found.complaint(), "what is wrong with what it tells of " + room);
        return found;
    }

    /** Proposes without waiting. */
    Proposal propose(ChatEvent draft, long epoch) {
        lastId++;
        return propose(draft, new MessageId(7, lastId), epoch, lastId);
    }

    /** The same message under an id that may have been proposed before. */
    Proposal propose(ChatEvent draft, MessageId id) {
        lastId++;
        return propose(draft, id, 1, lastId);
    }

    private Proposal propose(ChatEvent draft, MessageId id, long epoch, long number) {
        Proposal proposal = new Proposal(number, draft.withEpoch(epoch), id);
        journal.propose(proposal);
        return proposal;
    }

    Entry commit(ChatEvent draft) {
        return commit(draft, 1);
    }

    /** Proposes and waits for the commit. */
    Entry commit(ChatEvent draft, long epoch) {
        Proposal proposal = propose(draft, epoch);
        Answer answer = answers.answer();
        assertEquals(proposal.proposalId(), answer.number(), "which proposal is answered");
        Entry entry = answer.entry();
        assertNotNull(entry, "the proposal is committed");
        return entry;
    }

    List<Entry> say(RoomName room, int count) {
        List<Entry> said = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            said.add(commit(Drafts.said(room, "text " + i)));
        }
        return said;
    }

    Page read(RoomName room, long from) {
        return read(room, from, 1_000, PAGE_BYTES);
    }

    Page read(RoomName room, long from, int maxEvents, int maxBytes) {
        lastId++;
        journal.read(lastId, room, from, maxEvents, maxBytes);
        Page page = answers.page(lastId);
        assertTrue(page.first() >= 0, "the read does not fail");
        return page;
    }

    void close() {
        journal.close();
    }
}

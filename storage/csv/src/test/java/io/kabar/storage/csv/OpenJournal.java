package io.kabar.storage.csv;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.chat.spi.Journal.Replay;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A journal that is open, with what a test asks of it in few words. */
final class OpenJournal implements AutoCloseable {

    static final UserName ADA = UserName.of("ada");
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456789Z");

    final Answers answers = new Answers();
    final Map<RoomName, Kept> kept;
    private final DataFolder data;
    private final CsvJournal journal;
    /** In which the server writes. */
    long epoch;

    private long proposalId;

    OpenJournal(Path folder) throws IOException {
        this(folder, Durability.OS, ChannelFile::open);
    }

    OpenJournal(Path folder, Durability durability, SegmentFile.Opener opener) throws IOException {
        this(folder, durability, RetentionRules.FOREVER, opener, InstantSource.system());
    }

    OpenJournal(
            Path folder, Durability durability, RetentionRules rules, SegmentFile.Opener opener, InstantSource clock)
            throws IOException {
        this(folder, durability, rules, opener, clock, System::nanoTime);
    }

    OpenJournal(
            Path folder,
            Durability durability,
            RetentionRules rules,
            SegmentFile.Opener opener,
            InstantSource clock,
            LongSupplier nanos)
            throws IOException {
        data = DataFolder.open(folder);
        journal = new CsvJournal(data, durability, rules, opener, clock, nanos);
        try {
            kept = journal.open(answers);
            answers.whenWanted(room -> journal.snapshot(room, new Snapshot(last(room), new byte[] {1})));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    static ChatEvent said(RoomName room, String text) {
        return ChatEvent.of(room, 0, NOON, Author.of(ADA), new Content.Said(text, false));
    }

    static Path folder(Path data, RoomName room) {
        return RoomFolder.of(data.resolve("rooms"), room).path();
    }

    static Path segment(Path data, long first) {
        return RoomFolder.of(data.resolve("rooms"), RoomName.LOBBY).segment(first);
    }

    /** Proposes without waiting; returns the proposalId. */
    long propose(ChatEvent draft) {
        journal.propose(new Proposal(++proposalId, draft.withEpoch(epoch), new MessageId(7, proposalId)));
        return proposalId;
    }

    /** Says these in the lobby, one write each, and waits for each answer. */
    List<Answers.Answer> say(String... texts) {
        return Stream.of(texts)
                .map(text -> {
                    propose(said(RoomName.LOBBY, text));
                    return answers.next();
                })
                .toList();
    }

    Answers.Answer read(long from, int maxEvents) {
        return read(RoomName.LOBBY, from, maxEvents, 1024 * 1024);
    }

    Answers.Answer read(RoomName room, long from, int maxEvents, int maxBytes) {
        journal.read(++proposalId, room, from, maxEvents, maxBytes);
        return answers.next();
    }

    /** What is kept of the lobby, without what a server makes of it. */
    Kept lobby() {
        return Objects.requireNonNull(kept.get(RoomName.LOBBY)).with(List.of(), Replay.NONE);
    }

    private long last(RoomName room) {
        Kept before = kept.get(room);
        return Math.max(answers.last(room), before == null ? 0 : before.last());
    }

    void drop(RoomName room) {
        journal.drop(room);
    }

    void sweep() {
        journal.sweep();
    }

    String retention() {
        return journal.retention(RoomName.LOBBY);
    }

    @Override
    public void close() {
        journal.close();
        data.close();
    }
}

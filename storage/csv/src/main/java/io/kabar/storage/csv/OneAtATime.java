package io.kabar.storage.csv;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Commits;
import io.kabar.chat.spi.Journal.Entry;
import java.util.List;

/** Passes the answers of several threads on one at a time, as {@link Commits} demands. */
final class OneAtATime implements Commits {

    private final Commits commits;

    OneAtATime(Commits commits) {
        this.commits = commits;
    }

    @Override
    public synchronized void committed(long proposalId, Entry entry) {
        commits.committed(proposalId, entry);
    }

    @Override
    public synchronized void refused(long proposalId, Refusal refusal) {
        commits.refused(proposalId, refusal);
    }

    @Override
    public synchronized void onRead(long readId, RoomName room, long first, List<Entry> entries) {
        commits.onRead(readId, room, first, entries);
    }

    @Override
    public synchronized void readFailed(long readId, RoomName room) {
        commits.readFailed(readId, room);
    }

    @Override
    public synchronized void forgotten(RoomName room, long first) {
        commits.forgotten(room, first);
    }

    @Override
    public synchronized void snapshotWanted(RoomName room) {
        commits.snapshotWanted(room);
    }

    @Override
    public synchronized void warning(String sentence) {
        commits.warning(sentence);
    }
}

package io.kabar.examples.desk;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal;
import java.util.List;

/** Takes the answers of a journal that is not open yet, of which there are none. */
final class NobodyCommits implements Journal.Commits {

    @Override
    public void committed(long proposalId, Journal.Entry entry) {}

    @Override
    public void refused(long proposalId, Refusal refusal) {}

    @Override
    public void onRead(long readId, RoomName room, long first, List<Journal.Entry> entries) {}

    @Override
    public void readFailed(long readId, RoomName room) {}

    @Override
    public void forgotten(RoomName room, long first) {}

    @Override
    public void warning(String sentence) {}
}

package io.kabar.journal.kit;

import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Journal;

class MemoryJournalTest extends JournalContract {

    private final Journal journal = new MemoryJournal();

    @Override
    protected Journal journal() {
        return journal;
    }
}

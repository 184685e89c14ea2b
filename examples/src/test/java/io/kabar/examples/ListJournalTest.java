package io.kabar.examples;

import io.kabar.chat.spi.Journal;
import io.kabar.journal.kit.JournalContract;

class ListJournalTest extends JournalContract {

    private final Journal journal = new ListJournal();

    @Override
    protected Journal journal() {
        return journal;
    }
}

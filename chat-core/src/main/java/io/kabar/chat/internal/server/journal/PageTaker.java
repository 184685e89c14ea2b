package io.kabar.chat.internal.server.journal;

import io.kabar.chat.spi.Journal;
import java.util.List;

/** Whoever wants a page of events to look at. One of the two methods is called, once for each page. */
public interface PageTaker {

    /** The journal has read this; an empty page says that there is nothing from there on. */
    void took(List<Journal.Entry> page);

    /** The journal could not read. */
    void failed();
}

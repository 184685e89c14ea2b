package io.kabar.chat;

import java.util.List;

/**
 * What a search in a room has found so far, newest first. A server looks through some thousand events at a time, so a
 * page may be empty and there may be more all the same.
 *
 * @param room where it was searched
 * @param hits newest first
 * @param searchedTo everything from this number on was looked at; to go on, search before it
 * @param more whether there are older events to look at
 */
public record SearchPage(RoomName room, List<Hit> hits, long searchedTo, boolean more) {

    /** Keeps the list unmodifiable. */
    public SearchPage {
        hits = List.copyOf(hits);
    }

    /**
     * An event that was searched for, with what happened around it.
     *
     * @param event the one that was found
     * @param context some events before and after it, and itself, by number
     */
    public record Hit(ChatEvent event, List<ChatEvent> context) {

        /** Keeps the list unmodifiable. */
        public Hit {
            context = List.copyOf(context);
        }
    }
}

package io.kabar.chat.internal.server.query;

/** Bounds that tests of the whole server need to know. */
public final class QueryLimits {

    public static final int SEARCH_MAX_HITS = RoomSearches.MAX_HITS;
    public static final int SEARCH_PAGES = RoomSearches.PAGES;
    public static final int SEARCH_MAX_CHARACTERS = RoomSearches.MAX_CHARACTERS;
    public static final int SEARCH_CHARACTERS_PER_SECOND = RoomSearches.CHARACTERS_PER_SECOND;

    private QueryLimits() {}
}

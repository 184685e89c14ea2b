package io.kabar.chat.internal.server;

import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.log.SearchWords;
import io.kabar.chat.internal.wire.Answer;
import io.kabar.chat.internal.wire.Query;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Searches in rooms, for their members: backwards from the newest event, a page of the journal at a time, up to a
 * number of events for each request. The client goes on from there. Pages are looked through off the loop.
 *
 * <p>Whoever searches, and under however many names: a few pages are under way at a time, and so many characters a
 * second are looked at for all of them together, by networks in {@linkplain Turns turn}.
 *
 * <pre>
 *   waiting ──turn, and characters left──► page asked for ──read──► looked through ──► waiting, or answered
 * </pre>
 */
final class SearchFlow {

    /** Events found in one request. */
    static final int MAX_HITS = 20;

    /** Events looked at in one request, and characters, once for each word: some 100 pages of the journal. */
    static final int MAX_EVENTS = 10_000;

    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    /** Searches of a user at once, and a second after that. */
    static final int BURST = 10;

    static final int PER_SECOND = 1;

    /** Pages of all searches that are under way at a time: one is read while another is looked through. */
    static final int PAGES = 2;

    /** Characters looked at for all searches together, at once and a second after that: a tenth of a core. */
    static final int CHARACTERS_PER_SECOND = 16 * 1024 * 1024;

    /** When to try again if too many searches wait. */
    private static final long BUSY_MILLIS = 1000;

    private final ServerCore core;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;
    private final Turns<Search> turns;
    private int pages;

    SearchFlow(ServerCore core, JournalRequests journal, LiveRooms liveRooms) {
        this.core = core;
        this.journal = journal;
        this.liveRooms = liveRooms;
        turns = new Turns<>(
                core,
                CHARACTERS_PER_SECOND,
                search -> search.occupant.session.countedAddress,
                search -> search.turnedAway(),
                this::takeTurns);
    }

    void search(ServerSession session, long request, Query.Search query) {
        SearchWords words = SearchWords.of(query.words());
        Occupant occupant = liveRooms.occupant(session, query.room());
        if (occupant == null) {
            refuse(session, request, Refusal.NOT_IN_ROOM, 0);
        } else if (words.isEmpty()) {
            refuse(session, request, Refusal.BAD_REQUEST, 0);
        } else if (session.searching) {
            refuse(session, request, Refusal.BUSY, BUSY_MILLIS);
        } else if (!turns.hasRoom(session.countedAddress)) {
            refuse(session, request, Refusal.BUSY, BUSY_MILLIS);
        } else {
            long wait = session.user().rates.search(session.countedAddress, core.now);
            if (wait > 0) {
                refuse(session, request, Refusal.RATE_LIMITED, LoginFlow.ceilMillis(wait));
            } else {
                session.searching = true;
                turns.add(new Search(occupant, request, query, words));
                takeTurns();
            }
        }
    }

    private void refuse(ServerSession session, long request, Refusal refusal, long retryAfterMillis) {
        session.say(
                new ServerMessage.Refused(new ServerMessage.Subject.Request(request), refusal, retryAfterMillis),
                core.now);
    }

    /** Gives turns to those that wait, as long as there are pages and characters to give. */
    private void takeTurns() {
        while (pages < PAGES) {
            Search search = turns.next();
            if (search == null) {
                return;
            }
            if (search.goesOn()) {
                pages++;
                search.readPage();
            } else {
                turns.done(search, 0, false);
            }
        }
    }

    /** A page was looked through. */
    void looked(SearchWork work) {
        work.search.looked(work);
        turnOver(work.search, work.characters);
    }

    private void turnOver(Search search, int characters) {
        pages--;
        turns.done(search, characters, true);
        takeTurns();
    }

    /** Characters looked at so far. */
    long looked() {
        return turns.spent();
    }

    void addHeld(Map<String, Integer> held) {
        held.put("searches", pages + turns.size());
    }

    /** One search: a block of events at a time, each read forwards. */
    final class Search implements JournalRequests.PageTaker {
        private final Occupant occupant;
        private final RoomLog log;
        private final long request;
        private final SearchWords words;
        /** What was found, newest first. */
        private final List<Long> hits = new ArrayList<>();
        /** What was found in the present block, oldest first. */
        private final List<Long> inBlock = new ArrayList<>();

        /** The block is what is from here to {@link #blockTo}; it was looked at up to before {@link #next}. */
        private long blockFrom;

        private long blockTo;
        private long next;
        private int events;
        private long characters;
        private boolean failed;

        private Search(Occupant occupant, long request, Query.Search query, SearchWords words) {
            this.occupant = occupant;
            this.words = words;
            this.request = request;
            log = occupant.liveRoom.room.log();
            long newest = query.before() == 0 ? log.last() : Math.min(log.last(), query.before() - 1);
            beginBlock(newest);
        }

        /** Whether this user made it. */
        boolean isOf(UserName name) {
            return occupant.session.name().equals(name);
        }

        private void beginBlock(long to) {
            blockTo = to;
            blockFrom = Math.max(log.firstKept(), to - JournalRequests.PAGE_EVENTS + 1);
            next = blockFrom;
            inBlock.clear();
        }

        /** Whether there is another page to be read; if not, it is answered. */
        private boolean goesOn() {
            if (occupant.gone || failed) {
                end();
                SearchFlow.this.refuse(occupant.session, request, failed ? Refusal.STORAGE : Refusal.NOT_IN_ROOM, 0);
                return false;
            }
            if (next > blockFrom) {
                return true; // in the middle of a block
            }
            boolean enough = hits.size() >= MAX_HITS || events >= MAX_EVENTS || characters >= MAX_CHARACTERS;
            if (enough || blockTo < log.firstKept()) {
                answer();
                return false;
            }
            return true;
        }

        private void turnedAway() {
            end();
            SearchFlow.this.refuse(occupant.session, request, Refusal.BUSY, BUSY_MILLIS);
        }

        private void readPage() {
            journal.readPage(occupant.liveRoom.room, next, this);
        }

        @Override
        public void took(List<Journal.Entry> page) {
            core.tell(new ServerEvent.Work(new SearchWork(this, words, page, blockTo)));
        }

        private void looked(SearchWork work) {
            events += work.events;
            characters += work.characters;
            inBlock.addAll(work.hits);
            if (work.seen < blockTo) {
                next = work.seen + 1;
                return;
            }
            for (int i = inBlock.size() - 1; i >= 0; i--) {
                hits.add(inBlock.get(i));
            }
            beginBlock(blockFrom - 1);
        }

        @Override
        public void failed() {
            failed = true;
            turnOver(this, 0);
        }

        private void answer() {
            end();
            List<Long> newest = List.copyOf(hits.subList(0, Math.min(hits.size(), MAX_HITS)));
            long searchedTo = newest.size() < hits.size() ? newest.get(newest.size() - 1) : blockTo + 1;
            boolean more = searchedTo > log.firstKept();
            occupant.session.say(
                    new ServerMessage.Reply(request, false, new Answer.Found(searchedTo, more, newest)), core.now);
        }

        private void end() {
            occupant.session.searching = false;
        }
    }
}

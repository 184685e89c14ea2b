package io.kabar.chat.internal.server.query;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.journal.PageTaker;
import io.kabar.chat.internal.server.limits.Turns;
import io.kabar.chat.internal.server.limits.WorkBudget;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.room.Occupant;
import io.kabar.chat.internal.server.room.SessionRooms;
import io.kabar.chat.internal.server.search.SearchWords;
import io.kabar.chat.internal.server.search.SearchWork;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
final class RoomSearches {

    /** Events found in one request. */
    static final int MAX_HITS = 20;

    /** Events looked at in one request, and characters, once for each word: some 100 pages of the journal. */
    static final int MAX_EVENTS = 10_000;

    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    /** Pages of all searches that are under way at a time: one is read while another is looked through. */
    static final int PAGES = 2;

    /** Characters looked at for all searches together, at once and a second after that: a tenth of a core. */
    static final int CHARACTERS_PER_SECOND = 16 * 1024 * 1024;

    /** When to try again if too many searches wait. */
    private static final long BUSY_NANOS = Duration.ofSeconds(1).toNanos();

    private final ServerLoop loop;
    private final JournalRequests journal;
    private final Turns<Search> turns;
    /** Sessions of which a search is under way: one at a time. */
    private final Set<ServerSession> searching = new HashSet<>();

    private int pages;

    RoomSearches(ServerLoop loop, JournalRequests journal, boolean limited) {
        this.loop = loop;
        this.journal = journal;
        turns = new Turns<>(
                loop,
                new WorkBudget(limited ? CHARACTERS_PER_SECOND : 0),
                search -> search.occupant.session().countedAddress(),
                Search::turnedAway,
                this::takeTurns);
    }

    void search(SessionRooms rooms, Request request, Query.Search query) {
        SearchWords words = SearchWords.of(query.words());
        Occupant occupant = rooms.present(query.room());
        if (occupant == null) {
            request.refuse(Refusal.NOT_IN_ROOM);
        } else if (words.isEmpty()) {
            request.refuse(Refusal.BAD_REQUEST);
        } else if (searching.contains(rooms.session())
                || !turns.hasRoom(rooms.session().countedAddress())) {
            request.later(Refusal.BUSY, BUSY_NANOS);
        } else {
            long wait = rooms.takeSearch();
            if (wait > 0) {
                request.later(Refusal.RATE_LIMITED, wait);
            } else {
                searching.add(rooms.session());
                turns.add(new Search(occupant, request, query, words));
                takeTurns();
            }
        }
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
    private final class Search implements PageTaker {
        private final Occupant occupant;
        private final RoomLog log;
        private final Request request;
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

        private Search(Occupant occupant, Request request, Query.Search query, SearchWords words) {
            this.occupant = occupant;
            this.words = words;
            this.request = request;
            log = occupant.room().log();
            long newest = query.before() == 0 ? log.last() : Math.min(log.last(), query.before() - 1);
            beginBlock(newest);
        }

        /** The oldest event that is kept, and that its user may read. */
        private long oldest() {
            long readable =
                    occupant.liveRoom().order().readableFrom(occupant.session().user(), occupant.live());
            return Math.max(log.firstKept(), readable);
        }

        private void beginBlock(long to) {
            blockTo = to;
            blockFrom = Math.max(oldest(), to - JournalRequests.PAGE_EVENTS + 1);
            next = blockFrom;
            inBlock.clear();
        }

        /** Whether there is another page to be read; if not, it is answered. */
        private boolean goesOn() {
            if (occupant.isGone() || failed) {
                end();
                request.refuse(failed ? Refusal.STORAGE : Refusal.NOT_IN_ROOM);
                return false;
            }
            if (next > blockFrom) {
                return true; // in the middle of a block
            }
            boolean enough = hits.size() >= MAX_HITS || events >= MAX_EVENTS || characters >= MAX_CHARACTERS;
            if (enough || blockTo < oldest()) {
                answer();
                return false;
            }
            return true;
        }

        private void turnedAway() {
            end();
            request.later(Refusal.BUSY, BUSY_NANOS);
        }

        private void readPage() {
            journal.readPage(occupant.room(), next, this);
        }

        @Override
        public void took(List<Journal.Entry> page) {
            loop.tell(new ServerEvent.Work(
                    new SearchWork(occupant.session().name(), words, log.current(page), blockTo, this::looked)));
        }

        private void looked(SearchWork work) {
            events += work.events();
            characters += work.characters();
            inBlock.addAll(work.hits());
            if (work.seen() < blockTo) {
                next = work.seen() + 1;
            } else {
                for (int i = inBlock.size() - 1; i >= 0; i--) {
                    hits.add(inBlock.get(i));
                }
                beginBlock(blockFrom - 1);
            }
            turnOver(this, work.characters());
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
            boolean more = searchedTo > oldest();
            request.reply(new Answer.Found(searchedTo, more, newest));
        }

        private void end() {
            searching.remove(occupant.session());
        }
    }
}

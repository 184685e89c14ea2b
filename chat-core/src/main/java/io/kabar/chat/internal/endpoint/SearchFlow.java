package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.room.LogEntry;
import io.kabar.chat.internal.room.RoomLog;
import io.kabar.chat.internal.room.SearchWords;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches in rooms, for their members: backwards from the newest event, a page of the journal at a time, so that neither
 * memory nor a turn of the loop grows with the history, up to a number of events for each request. The client goes on
 * from there.
 */
final class SearchFlow {

    /** Events found in one request. */
    static final int MAX_HITS = 20;

    /** Events looked at in one request, and characters: some 100 pages of the journal, or less than a second of its time. */
    static final int MAX_EVENTS = 10_000;

    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    /** Searches of a user at once, and a second after that. */
    static final int BURST = 10;

    static final int PER_SECOND = 1;

    private final ServerCore core;
    private final JournalDesk journal;
    private final RoomDesks desks;

    SearchFlow(ServerCore core, JournalDesk journal, RoomDesks desks) {
        this.core = core;
        this.journal = journal;
        this.desks = desks;
    }

    void search(ServerSession session, ClientMessage.Search message) {
        SearchWords words = SearchWords.of(message.words());
        Attendance attendance = desks.attendance(session, message.room());
        if (attendance == null) {
            refuse(session, message.request(), Refusal.NOT_IN_ROOM, 0);
        } else if (words.isEmpty()) {
            refuse(session, message.request(), Refusal.BAD_REQUEST, 0);
        } else if (session.searching) {
            refuse(session, message.request(), Refusal.BUSY, 0);
        } else {
            long wait = session.user().rates.search(core.now);
            if (wait > 0) {
                refuse(session, message.request(), Refusal.RATE_LIMITED, LoginFlow.ceilMillis(wait));
            } else {
                new Search(attendance, message, words).begin();
            }
        }
    }

    private void refuse(ServerSession session, long request, Refusal refusal, long retryAfterMillis) {
        session.say(new ServerMessage.Found(request, refusal.code(), retryAfterMillis, 0, false, List.of()), core.now);
    }

    /** One search: a block of events at a time, each read forwards. */
    private final class Search implements JournalDesk.PageTaker {
        private final Attendance attendance;
        private final RoomLog log;
        private final long request;
        private final SearchWords words;
        /** What was found, newest first. */
        private final List<Long> hits = new ArrayList<>();
        /** What was found in the present block, oldest first. */
        private final List<Long> inBlock = new ArrayList<>();

        private long blockFrom;
        private long blockTo;
        private int events;
        private int characters;

        Search(Attendance attendance, ClientMessage.Search message, SearchWords words) {
            this.attendance = attendance;
            this.words = words;
            request = message.request();
            log = attendance.desk.room.log();
            blockTo = message.before() == 0 ? log.last() : Math.min(log.last(), message.before() - 1);
            blockFrom = blockTo + 1;
        }

        void begin() {
            attendance.session.searching = true;
            nextBlock();
        }

        /** Goes on with the events before those that were looked at, if there are any and it may. */
        private void nextBlock() {
            boolean enough = hits.size() >= MAX_HITS || events >= MAX_EVENTS || characters >= MAX_CHARACTERS;
            if (enough || blockTo < log.firstKept()) {
                answer();
                return;
            }
            blockFrom = Math.max(log.firstKept(), blockTo - JournalDesk.PAGE_EVENTS + 1);
            inBlock.clear();
            journal.readPage(attendance.desk.room, blockFrom, this);
        }

        @Override
        public void took(List<LogEntry> page) {
            if (attendance.gone) {
                refuse(Refusal.NOT_IN_ROOM);
                return;
            }
            long seen = blockTo; // of an empty page: there is nothing more
            for (LogEntry entry : page) {
                seen = entry.event().sequence();
                if (seen > blockTo) {
                    break;
                }
                look(entry.event());
            }
            if (seen < blockTo) {
                journal.readPage(attendance.desk.room, seen + 1, this);
                return;
            }
            for (int i = inBlock.size() - 1; i >= 0; i--) {
                hits.add(inBlock.get(i));
            }
            blockTo = blockFrom - 1;
            nextBlock();
        }

        private void look(ChatEvent event) {
            String text = SearchWords.textOf(event);
            events++;
            characters += text.length();
            if (words.allIn(text)) {
                inBlock.add(event.sequence());
            }
        }

        @Override
        public void failed() {
            refuse(Refusal.STORAGE);
        }

        private void refuse(Refusal refusal) {
            end();
            SearchFlow.this.refuse(attendance.session, request, refusal, 0);
        }

        private void answer() {
            end();
            List<Long> newest = List.copyOf(hits.subList(0, Math.min(hits.size(), MAX_HITS)));
            long searchedTo = newest.size() < hits.size() ? newest.get(newest.size() - 1) : blockFrom;
            boolean more = searchedTo > log.firstKept();
            attendance.session.say(new ServerMessage.Found(request, 0, 0, searchedTo, more, newest), core.now);
        }

        private void end() {
            attendance.session.searching = false;
        }
    }
}

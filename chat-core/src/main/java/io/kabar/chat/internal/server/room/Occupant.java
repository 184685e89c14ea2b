package io.kabar.chat.internal.server.room;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.SignalOrder;
import io.kabar.chat.internal.endpoint.TypingSignal;
import io.kabar.chat.internal.server.lane.LaneWords;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One session in one room: where it stands, where it reads, and the lane on which it speaks.
 *
 * <pre>
 *   LOADING ──loaded, not here yet──► JOINING ──join committed──► ADMITTED ──told of the room──► PRESENT
 *     │ │                                │                         ▲  │                             │
 *     │ └──────loaded, user is here──────┼─────────────────────────┘  │                             │
 *     └────────not loaded, room is full──┴──refused, left, over───────┴──left, put out, over────────┴──► GONE
 * </pre>
 *
 * All transitions are here. The roster counts the device from JOINING or ADMITTED on until it is GONE.
 */
public final class Occupant {

    /** A typing signal is passed on at most this often for a session and room. */
    private static final long TYPING_INTERVAL = Duration.ofMillis(2500).toNanos();

    /** Where an occupant stands. */
    enum State {
        LOADING,
        JOINING,
        ADMITTED,
        PRESENT,
        GONE;

        private boolean leadsTo(State next) {
            return switch (this) {
                case LOADING -> next == JOINING || next == ADMITTED || next == GONE;
                case JOINING -> next == ADMITTED || next == GONE;
                case ADMITTED -> next == PRESENT || next == GONE;
                case PRESENT -> next == GONE;
                case GONE -> false;
            };
        }
    }

    private final SessionRooms rooms;
    private final LiveRoom liveRoom;
    private final int lane;
    private final JoinHistory history;
    private final int credit;
    private final byte[] proof;
    private final LaneWords words;

    private State state = State.LOADING;
    /** Null until the session is PRESENT. */
    private @Nullable Cursor cursor;
    /** The first event that is sent, and the first that happened after the session was let in. */
    private long from;

    private long live;
    /** The first event this session has; unknown for those who have entered with the newest ones. */
    private long has = Long.MAX_VALUE;
    /** Whether there is nobody, any more, whom this conversation would be with: nothing more can be said in it. */
    private boolean partnerGone;
    /** How the other one of a conversation was called when this session entered; null in other rooms. */
    private final @Nullable UserName partner;
    /** Pieces of history this session reads. */
    private final List<Piece> reads = new ArrayList<>(0);

    /** Which of its signals are news; null until it sends one. */
    private @Nullable SignalOrder heard;

    private long typingAllowedAt = Long.MIN_VALUE; // a clock may be below zero

    /**
     * The stay that a Join begins.
     *
     * @param partner how the other one of a conversation is called; null in other rooms, and if there is nobody
     */
    Occupant(Arrival arrival, LiveRoom liveRoom, @Nullable UserName partner) {
        this.partner = partner;
        partnerGone = partner == null && liveRoom.room().name().isDirect();
        this.liveRoom = liveRoom;
        rooms = arrival.rooms();
        words = arrival.words();
        lane = arrival.lane();
        history = arrival.history();
        credit = arrival.message().credit();
        proof = arrival.message().proof();
    }

    private void become(State next) {
        if (!state.leadsTo(next)) {
            throw new IllegalStateException(next + " after " + state);
        }
        state = next;
    }

    /** The room is loaded, and the user's join is on its way to the journal. */
    void joins() {
        become(State.JOINING);
    }

    /** The user is in the room: the session is told of it as soon as it has heard what it was told before. */
    void admitted() {
        become(State.ADMITTED);
    }

    /**
     * The session has been told of the room, and reads it from here on.
     *
     * @param firstLive the first event that happened after it was let in
     * @param firstHad the first event it has
     */
    void present(Cursor newCursor, long firstSent, long firstLive, long firstHad) {
        become(State.PRESENT);
        cursor = newCursor;
        from = firstSent;
        live = firstLive;
        has = firstHad;
    }

    /** Ends the stay; tells whether the roster had counted it. */
    boolean gone() {
        boolean counted = state == State.JOINING || state == State.ADMITTED || state == State.PRESENT;
        if (state != State.GONE) {
            become(State.GONE);
        }
        return counted;
    }

    /** Whether the stay has ended. */
    public boolean isGone() {
        return state == State.GONE;
    }

    /** Whether the session reads and may speak. */
    public boolean isPresent() {
        return state == State.PRESENT;
    }

    /** The account of whoever the conversation is with is gone, or another one's. */
    void partnerIsGone() {
        partnerGone = true;
    }

    boolean partnerGone() {
        return partnerGone;
    }

    /** How the other one of a conversation was called when this session entered; null in other rooms. */
    @Nullable
    UserName partner() {
        return partner;
    }

    /** Whether this session has an event. */
    public boolean hasSeen(long seq) {
        return cursor != null && seq >= has && cursor.delivered() >= seq;
    }

    /** The session takes events up to this number. */
    void allow(long upTo) {
        if (cursor != null) {
            cursor.allow(upTo);
        }
    }

    /** Events that the session has acknowledged; 0 before it is PRESENT. */
    long delivered() {
        return cursor == null ? 0 : cursor.delivered();
    }

    /**
     * The session signals something: if it is that its user writes, the others hear of it, but not too often.
     *
     * @return whether it is news, which it is not if one of a later packet has undone it
     */
    boolean signal(byte[] body, long packet, long now) {
        ProgramSignal signal = ProgramSignal.own(body);
        if (signal != null) {
            boolean isNews = heard(signal.key(), packet);
            if (isNews) {
                liveRoom.signals().heard(this, signal);
            }
            return isNews;
        }
        if (TypingSignal.isOwn(body) && now >= typingAllowedAt && !liveRoom.isSilenced(this)) {
            typingAllowedAt = now + TYPING_INTERVAL;
            tellTyping();
        }
        return true;
    }

    private boolean heard(String key, long packet) {
        SignalOrder order = heard;
        if (order == null) {
            order = new SignalOrder(WireLimits.SIGNALS_OF_CLIENT);
            heard = order;
        }
        return order.admits(key, packet);
    }

    /** The others hear that this user writes, unless everybody may write at a time. */
    private void tellTyping() {
        if (liveRoom.present().size() <= MemberNews.MAX_PRESENCE) { // the square of it is paid every few seconds
            byte[] signal = TypingSignal.encode(session().name());
            Object slot = TypingSignal.slot(room().roomId(), session().name());
            for (Occupant other : liveRoom.present()) {
                if (other != this) {
                    other.session().serve(() -> other.session().signals().send(slot, room().roomId(), signal));
                }
            }
        }
    }

    // Pieces of history
    // -------------------------------------------------------------------------------------------------------

    /** A piece of history that a session reads: a cursor that ends at event {@code to}. */
    public record Piece(long request, Cursor cursor, long to) {

        public boolean isOver() {
            return cursor.delivered() >= to;
        }
    }

    public void reads(Piece read) {
        reads.add(read);
    }

    /** Forgets the pieces of history of which this is true. */
    public void forgetReads(Predicate<Piece> which) {
        reads.removeIf(which);
    }

    public List<Piece> reads() {
        return Collections.unmodifiableList(reads);
    }

    // What it is
    // -------------------------------------------------------------------------------------------------------

    public SessionRooms rooms() {
        return rooms;
    }

    public ServerSession session() {
        return rooms.session();
    }

    /** The account of its user. */
    public long account() {
        return session().user().author().account();
    }

    public LiveRoom liveRoom() {
        return liveRoom;
    }

    public Room room() {
        return liveRoom.room();
    }

    int lane() {
        return lane;
    }

    LaneWords words() {
        return words;
    }

    /** Whether its client has shown the password of the room. */
    boolean knowsPassword() {
        return liveRoom.order().password().opens(proof);
    }

    /** Where the client wants to begin. */
    JoinHistory history() {
        return history;
    }

    /** Events the client takes before it says that it takes more. */
    int credit() {
        return credit;
    }

    @Nullable
    Cursor cursor() {
        return cursor;
    }

    long from() {
        return from;
    }

    public long live() {
        return live;
    }
}

package io.kabar.chat.internal.wire;

/** The bounds that both ends keep; each with its unit and its reason. */
public final class WireLimits {
    /** Bytes in a datagram: what every path carries without fragmenting (RFC 9000 section 14). */
    public static final int DATAGRAM = 1200;

    /** Bytes in a datagram where the path has proven it: an Ethernet's 9000, less the headers of IPv6 and UDP. */
    public static final int LARGEST_DATAGRAM = 8952;

    /**
     * Frames in a packet: stops a packet of a thousand empty frames from costing a thousand times its receipt. A run
     * of padding counts once.
     */
    public static final int FRAMES = 128;

    /** Ranges in an ACK: enough for heavy loss, and walking them costs next to nothing (RFC 9000 section 13.2.3). */
    public static final int ACK_RANGES = 32;

    /**
     * Bytes in one message of a lane and in one event body. The longest an honest peer has to say is a page of rooms,
     * all with long topics, 28 KiB. With its length and a {@link #LANE_WINDOW} it fits 64 KiB: as receivers keep a lane
     * in a ring of a power of two, one byte more would double what a peer can make them hold.
     */
    public static final int MESSAGE = 31 * 1024;

    /** Bytes a lane may have sent beyond its lowest unacknowledged one: what a receiver may have to hold. */
    public static final int LANE_WINDOW = 32 * 1024;

    /**
     * Bytes of an EVENT frame that surely finds room in a packet of its own, whatever acknowledgements ride along; a
     * larger event goes in parts.
     */
    public static final int EVENT_FRAME = 1100;

    /** Lanes in a connection: the control lane and 64 for bulk, so that a file does not hold up a page of history. */
    public static final int LANES = 65;

    /**
     * Bytes held for the lanes of a connection together, of messages that are not complete and of what came out of
     * order. A client that keeps the usual rate has a third of it on its way at most, whatever is lost.
     */
    public static final int LANES_HELD = 1024 * 1024;

    /**
     * Of these, bytes on lanes that no Join has named yet: one window for all of them, for what is said right behind a
     * Join and overtakes it.
     */
    public static final int EARLY_LANES_HELD = 32 * 1024;

    /** Bytes of a CLOSE frame's reason: a sentence. */
    public static final int CLOSE_REASON = 256;

    /**
     * Events of which some parts are missing, in a connection: a round trip of a fat line may have so many parts on it.
     */
    public static final int PARTIAL_EVENTS = 1024;

    /** Bytes held for partial events, in a connection: of all parts on their way, and the events they complete. */
    public static final int PARTIAL_EVENT_BYTES = 4 * 1024 * 1024;

    /**
     * Unacknowledged EVENT_PART frames a sender may have. An event is partial at the receiver only while one of its
     * parts is among them or in the packet being written, so an honest sender never meets {@link #PARTIAL_EVENTS}.
     */
    public static final int PARTS_IN_FLIGHT = PARTIAL_EVENTS - 4;

    /** Signals of a client in a room whose newest a server remembers, so that a late one does not undo it. */
    public static final int SIGNALS_OF_CLIENT = 64;

    /** The same of what a client hears: some signals of everybody in a few large rooms. */
    public static final int SIGNALS_OF_SERVER = 4096;

    /** Versions in a VERSION packet: more than will ever be alive at a time. */
    public static final int VERSIONS = 16;

    /** Bytes of an address token in RETRY and INIT: its length is one byte. */
    public static final int TOKEN = 255;

    /** Bytes of a ticket to come back with: what a client may have to keep. Ours have fewer. */
    public static final int RESUME_TICKET = 255;

    /**
     * From this number on, the log of an EVENT is no room but a piece of history that is read: this and the number of
     * the request. A room's own number is far below.
     */
    public static final long HISTORY_NUMBERS = 1L << 29;

    /** Numbers of requests: each may be for history, and then names an EVENT's room. */
    public static final int REQUESTS = 1 << 28;

    /** Message types from this one on are ignored by who does not know them. */
    public static final int FIRST_IGNORED = 64;

    /** Bytes of the proof of a login: a token that a host program gives out may be as long. */
    public static final int LOGIN_PROOF = 1024;

    /** Pieces of history that a session may have under way: each may hold a page of the journal. */
    public static final int HISTORY_READS = 8;

    /** Members of whom a change waits for the event it belongs to: 16 full rooms. A client beyond it reads nothing. */
    public static final int MEMBER_CHANGES = 4096;

    private WireLimits() {}
}

package io.kabar.chat.server;

import io.kabar.chat.Limits;
import java.time.Duration;

/**
 * What a server allows. All figures have a default, which is said at each; change some through {@link #builder}.
 * Options may be added, with defaults that keep what is.
 */
public final class ServerOptions {

    /** Longest message any server may allow: it must fit a lane's message with room to spare. */
    public static final int MESSAGE_CEILING = Limits.TEXT_BYTES;

    /** Most that may be stored for one user a day. */
    public static final int MAX_STORED_MEBIBYTES = 1024;

    /** Most users that one address may count as. */
    public static final int MAX_USERS = 10_000;

    private final int maxMessageBytes;
    private final int rateBurst;
    private final int ratePerSecond;
    private final int sessionsPerAddress;
    private final int sessionsPerPrivateAddress;
    private final int maxSessions;
    private final int roomsPerSession;
    private final int historyInMemory;
    private final int maxProposals;
    private final Duration handshakeDeadline;
    private final Duration reconnectingAfter;
    private final Duration goneAfter;
    private final int loginFailuresPerMinute;
    private final int loginFailuresPerAddress;
    private final Duration addressBlock;
    private final int usersPerAddress;
    private final int newNamesPerAddress;
    private final int newRoomsPerUser;
    private final int maxRooms;
    private final int storedMebibytesPerDay;

    private ServerOptions(Builder builder) {
        maxMessageBytes = builder.maxMessageBytes;
        rateBurst = builder.rateBurst;
        ratePerSecond = builder.ratePerSecond;
        sessionsPerAddress = builder.sessionsPerAddress;
        sessionsPerPrivateAddress = builder.sessionsPerPrivateAddress;
        maxSessions = builder.maxSessions;
        roomsPerSession = builder.roomsPerSession;
        historyInMemory = builder.historyInMemory;
        maxProposals = builder.maxProposals;
        handshakeDeadline = builder.handshakeDeadline;
        reconnectingAfter = builder.reconnectingAfter;
        goneAfter = builder.goneAfter;
        loginFailuresPerMinute = builder.loginFailuresPerMinute;
        loginFailuresPerAddress = builder.loginFailuresPerAddress;
        addressBlock = builder.addressBlock;
        usersPerAddress = builder.usersPerAddress;
        newNamesPerAddress = builder.newNamesPerAddress;
        newRoomsPerUser = builder.newRoomsPerUser;
        maxRooms = builder.maxRooms;
        storedMebibytesPerDay = builder.storedMebibytesPerDay;
        check();
    }

    private void check() {
        if (maxMessageBytes < 1 || maxMessageBytes > MESSAGE_CEILING) {
            throw new IllegalArgumentException("A message may have 1 to " + MESSAGE_CEILING + " bytes.");
        }
        if (rateBurst < 0
                || ratePerSecond < 1
                || sessionsPerAddress < 1
                || sessionsPerPrivateAddress < 1
                || maxSessions < 1
                || roomsPerSession < 1
                || roomsPerSession > 64
                || historyInMemory < 1
                || maxProposals < 1
                || loginFailuresPerMinute < 1
                || loginFailuresPerAddress < 1
                || usersPerAddress < 1
                || newNamesPerAddress < 1
                || newRoomsPerUser < 1
                || maxRooms < 1
                || storedMebibytesPerDay < 1) {
            throw new IllegalArgumentException("Limits are positive; a session has at most 64 rooms.");
        }
        if (storedMebibytesPerDay > MAX_STORED_MEBIBYTES || usersPerAddress > MAX_USERS) {
            throw new IllegalArgumentException(
                    "At most " + MAX_STORED_MEBIBYTES + " MiB a day are stored for a user, and an"
                            + " address counts as at most " + MAX_USERS + " users.");
        }
        if (goneAfter.compareTo(reconnectingAfter) < 0
                || handshakeDeadline.isNegative()
                || handshakeDeadline.isZero()) {
            throw new IllegalArgumentException("A member is reconnecting first and gone later.");
        }
    }

    /** Longest message in UTF-8 bytes: 4096, at most 16 KiB. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Messages a user may send at once: 50; 0 = no limit on rate. */
    public int rateBurst() {
        return rateBurst;
    }

    /** Messages a second a user may send on: 20. */
    public int ratePerSecond() {
        return ratePerSecond;
    }

    /** Sessions one public address may have: 16. */
    public int sessionsPerAddress() {
        return sessionsPerAddress;
    }

    /** Sessions one private or loopback address may have: 256. */
    public int sessionsPerPrivateAddress() {
        return sessionsPerPrivateAddress;
    }

    /** Sessions in all: 20,000. */
    public int maxSessions() {
        return maxSessions;
    }

    /** Rooms one session may be in: 64. */
    public int roomsPerSession() {
        return roomsPerSession;
    }

    /** Newest events of a room that are kept in memory: 2048. */
    public int historyInMemory() {
        return historyInMemory;
    }

    /** Events that may wait for the journal: 8192; more are refused as busy. */
    public int maxProposals() {
        return maxProposals;
    }

    /** Time to be signed in, from the first packet on: 10 s. */
    public Duration handshakeDeadline() {
        return handshakeDeadline;
    }

    /** Silence after which a member is shown as reconnecting: 30 s. */
    public Duration reconnectingAfter() {
        return reconnectingAfter;
    }

    /** Silence after which a member has left: 150 s. */
    public Duration goneAfter() {
        return goneAfter;
    }

    /** Wrong passwords a minute for one name from one address: 3. */
    public int loginFailuresPerMinute() {
        return loginFailuresPerMinute;
    }

    /** Wrong passwords at once from one address: 10; a network has a few times as many. */
    public int loginFailuresPerAddress() {
        return loginFailuresPerAddress;
    }

    /** How long an address that has used them up takes to have as many again: 5 min. */
    public Duration addressBlock() {
        return addressBlock;
    }

    /**
     * Users who may do at once, from one public address, all that one may, with names being free: 4; a private address
     * has sixteen times of this and of the next two.
     */
    public int usersPerAddress() {
        return usersPerAddress;
    }

    /** Names a public address may register at once: 32; then one a minute. */
    public int newNamesPerAddress() {
        return newNamesPerAddress;
    }

    /** Rooms in which a user may be the first to say something, at once: 64; an address has twice as many. */
    public int newRoomsPerUser() {
        return newRoomsPerUser;
    }

    /** Rooms in all: 100,000. */
    public int maxRooms() {
        return maxRooms;
    }

    /** Events stored for one user a day, in MiB: 32, at most 1024; each counts 1 KiB and its text. */
    public int storedMebibytesPerDay() {
        return storedMebibytesPerDay;
    }

    /** The defaults. */
    public static ServerOptions defaults() {
        return new Builder().build();
    }

    /** The defaults, to be changed here and there. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, to be changed here and there. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxMessageBytes = maxMessageBytes;
        builder.rateBurst = rateBurst;
        builder.ratePerSecond = ratePerSecond;
        builder.sessionsPerAddress = sessionsPerAddress;
        builder.sessionsPerPrivateAddress = sessionsPerPrivateAddress;
        builder.maxSessions = maxSessions;
        builder.roomsPerSession = roomsPerSession;
        builder.historyInMemory = historyInMemory;
        builder.maxProposals = maxProposals;
        builder.handshakeDeadline = handshakeDeadline;
        builder.reconnectingAfter = reconnectingAfter;
        builder.goneAfter = goneAfter;
        builder.loginFailuresPerMinute = loginFailuresPerMinute;
        builder.loginFailuresPerAddress = loginFailuresPerAddress;
        builder.addressBlock = addressBlock;
        builder.usersPerAddress = usersPerAddress;
        builder.newNamesPerAddress = newNamesPerAddress;
        builder.newRoomsPerUser = newRoomsPerUser;
        builder.maxRooms = maxRooms;
        builder.storedMebibytesPerDay = storedMebibytesPerDay;
        return builder;
    }

    /**
     * The same without a limit on any rate, for closed networks and measurements: not on messages, requests, topics,
     * searches, new names and rooms, nor on stored bytes. Bounds on sessions and on wrong passwords stay.
     */
    public ServerOptions withoutRateLimit() {
        return toBuilder().rate(0, ratePerSecond).build();
    }

    /** The same with another rate. */
    public ServerOptions withRate(int burst, int perSecond) {
        return toBuilder().rate(burst, perSecond).build();
    }

    /** The same with another longest message. */
    public ServerOptions withMaxMessageBytes(int bytes) {
        return toBuilder().maxMessageBytes(bytes).build();
    }

    /** The same with other bounds on sessions. */
    public ServerOptions withSessions(int total, int perAddress, int perPrivateAddress) {
        return toBuilder().sessions(total, perAddress, perPrivateAddress).build();
    }

    /** Collects options; what is not set keeps its default. */
    public static final class Builder {
        private int maxMessageBytes = 4096;
        private int rateBurst = 50;
        private int ratePerSecond = 20;
        private int sessionsPerAddress = 16;
        private int sessionsPerPrivateAddress = 256;
        private int maxSessions = 20_000;
        private int roomsPerSession = 64;
        private int historyInMemory = 2048;
        private int maxProposals = 8192;
        private Duration handshakeDeadline = Duration.ofSeconds(10);
        private Duration reconnectingAfter = Duration.ofSeconds(30);
        private Duration goneAfter = Duration.ofSeconds(150);
        private int loginFailuresPerMinute = 3;
        private int loginFailuresPerAddress = 10;
        private Duration addressBlock = Duration.ofMinutes(5);
        private int usersPerAddress = 4;
        private int newNamesPerAddress = 32;
        private int newRoomsPerUser = 64;
        private int maxRooms = 100_000;
        private int storedMebibytesPerDay = 32;

        private Builder() {}

        /** Longest message in UTF-8 bytes. */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = bytes;
            return this;
        }

        /** Messages a user may send at once, 0 for no limit, and then each second. */
        public Builder rate(int burst, int perSecond) {
            rateBurst = burst;
            ratePerSecond = perSecond;
            return this;
        }

        /** Sessions in all, of a public address, and of a private or loopback address. */
        public Builder sessions(int total, int perAddress, int perPrivateAddress) {
            maxSessions = total;
            sessionsPerAddress = perAddress;
            sessionsPerPrivateAddress = perPrivateAddress;
            return this;
        }

        /** Rooms one session may be in, at most 64. */
        public Builder roomsPerSession(int rooms) {
            roomsPerSession = rooms;
            return this;
        }

        /** Newest events of a room that are kept in memory. */
        public Builder historyInMemory(int events) {
            historyInMemory = events;
            return this;
        }

        /** Events that may wait for the journal. */
        public Builder maxProposals(int proposals) {
            maxProposals = proposals;
            return this;
        }

        /** Time to be signed in. */
        public Builder handshakeDeadline(Duration deadline) {
            handshakeDeadline = deadline;
            return this;
        }

        /** Silence after which a member is shown as reconnecting, and after which it has left. */
        public Builder silence(Duration reconnecting, Duration gone) {
            reconnectingAfter = reconnecting;
            goneAfter = gone;
            return this;
        }

        /**
         * Wrong passwords a minute for one name from one address; in two minutes that block an address; for how long.
         */
        public Builder loginFailures(int perMinute, int perAddress, Duration block) {
            loginFailuresPerMinute = perMinute;
            loginFailuresPerAddress = perAddress;
            addressBlock = block;
            return this;
        }

        /** Users who may do at once, from one public address, all that one may; and names it may register at once. */
        public Builder perAddress(int users, int newNames) {
            usersPerAddress = users;
            newNamesPerAddress = newNames;
            return this;
        }

        /** Rooms in all, and those in which a user may be the first to say something, at once. */
        public Builder rooms(int total, int newPerUser) {
            maxRooms = total;
            newRoomsPerUser = newPerUser;
            return this;
        }

        /** Events stored for one user a day, in MiB, at most 1024. */
        public Builder storedMebibytesPerDay(int mebibytes) {
            storedMebibytesPerDay = mebibytes;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException with a sentence if a figure makes no sense
         */
        public ServerOptions build() {
            return new ServerOptions(this);
        }
    }
}

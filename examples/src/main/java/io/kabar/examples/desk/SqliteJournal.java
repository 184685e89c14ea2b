package io.kabar.examples.desk;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.EventFields;
import io.kabar.chat.spi.Journal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Rooms in a table of SQLite, beside whatever else a program keeps in its database. A row is an event, with the columns
 * of {@link EventFields}; nothing is ever let go of. One thread does all of it, in the order of the calls, which never
 * wait for it. The tests hold it to the contract of journals.
 */
public final class SqliteJournal implements Journal {

    private static final String NAMES = "\"" + String.join("\", \"", EventFields.COLUMNS) + "\"";
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS event (room TEXT NOT NULL, "
            + NAMES.replace("\"seq\"", "\"seq\" INTEGER NOT NULL") + ", PRIMARY KEY (room, seq)) WITHOUT ROWID";
    private static final String INSERT =
            "INSERT INTO event (room, " + NAMES + ") VALUES (?" + ", ?".repeat(EventFields.COLUMNS.size()) + ")";
    private static final String REPLACE = INSERT.replace("INSERT", "REPLACE");
    private static final String SELECT = "SELECT " + NAMES + " FROM event WHERE room = ? AND seq >= ? ORDER BY seq";
    private static final String EDITS_OF = "SELECT " + NAMES + " FROM event WHERE room = ? AND (seq = ? OR ref = ?)";

    /** The newest of a room: the next one has the next number, and no earlier time. */
    private record Newest(long number, Instant time) {
        static final Newest NONE = new Newest(0, Instant.MIN);
    }

    /** A job on the database. */
    private interface Job {
        void run() throws SQLException;
    }

    private final SqliteDatabase database;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "sqlite-journal"));
    private final Map<RoomName, Newest> newest = new HashMap<>();
    private Commits commits = new NobodyCommits();

    /** A journal in this database, which is closed by whoever has opened it. */
    public SqliteJournal(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public Map<RoomName, Kept> open(Commits answers) {
        commits = answers;
        return database.call(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
            Map<RoomName, Kept> kept = new HashMap<>();
            for (RoomName room : rooms(connection)) {
                kept.put(room, kept(connection, room));
            }
            return kept;
        });
    }

    private static Set<RoomName> rooms(Connection connection) throws SQLException {
        Set<RoomName> rooms = new LinkedHashSet<>();
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT DISTINCT room FROM event")) {
            while (found.next()) {
                rooms.add(RoomName.of(found.getString(1)));
            }
        }
        return rooms;
    }

    /** What the log says of its room; how else it stands, the server reads from the log itself. */
    private Kept kept(Connection connection, RoomName room) throws SQLException {
        String topic = "";
        Set<UserName> members = new HashSet<>();
        Map<Long, Long> epochs = new TreeMap<>();
        long epoch = -1;
        Newest last = Newest.NONE;
        for (Entry entry : events(connection, room, 1, Integer.MAX_VALUE, Long.MAX_VALUE)) {
            ChatEvent event = entry.event();
            if (event.epoch() != epoch) {
                epoch = event.epoch();
                epochs.put(event.sequence(), epoch);
            }
            if (event.isJoined()) {
                members.add(event.from());
            } else if (event.isTopic()) {
                topic = event.text();
            }
            members.removeIf(event::endsStayOf);
            last = new Newest(event.sequence(), event.time());
        }
        newest.put(room, last);
        return new Kept(1, last.number(), topic, members, epochs)
                .with(
                        List.of(),
                        (position, taker) -> database.call(anew -> {
                            events(anew, room, position + 1, Integer.MAX_VALUE, Long.MAX_VALUE)
                                    .forEach(taker);
                            return position;
                        }));
    }

    @Override
    public void propose(Proposal proposal) {
        thread.execute(() -> {
            RoomName room = proposal.draft().room();
            Newest before = newest.getOrDefault(room, Newest.NONE);
            ChatEvent event = proposal.draft().withSequence(before.number() + 1);
            Entry entry = new Entry(
                    event.time().isBefore(before.time()) ? event.withTime(before.time()) : event, proposal.id());
            boolean stored = attempt(() -> store(entry));
            if (stored) {
                newest.put(room, new Newest(event.sequence(), entry.event().time()));
                commits.committed(proposal.proposalId(), entry);
            } else {
                commits.refused(proposal.proposalId(), Refusal.STORAGE);
            }
        });
    }

    /** An event and what it deletes change together, or not at all. */
    private void store(Entry entry) throws SQLException {
        database.change(connection -> {
            put(connection, INSERT, entry);
            if (entry.event().content() instanceof Amendment.Deleted) {
                for (Entry gone : deleted(connection, entry.event())) {
                    put(connection, REPLACE, new Entry(gone.event().withoutText(), gone.id()));
                }
            }
        });
    }

    /** The message that an event deletes, and its edits. */
    private static List<Entry> deleted(Connection connection, ChatEvent event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EDITS_OF)) {
            statement.setString(1, event.room().text());
            statement.setLong(2, event.ref());
            statement.setString(3, Long.toString(event.ref())); // as it was put there
            return entries(event.room(), statement, Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                    .filter(entry -> entry.event().sequence() == event.ref()
                            || entry.event().content() instanceof Amendment.Edited)
                    .toList();
        }
    }

    private static void put(Connection connection, String how, Entry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(how)) {
            statement.setString(1, entry.event().room().text());
            String[] cells = EventFields.cells(entry.event(), entry.id());
            for (int i = 0; i < cells.length; i++) {
                statement.setString(i + 2, cells[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void read(long readId, RoomName room, long from, int maxEvents, int maxBytes) {
        thread.execute(() -> {
            List<Entry> page = new ArrayList<>();
            if (attempt(() -> page.addAll(database.call(c -> events(c, room, from, maxEvents, maxBytes))))) {
                commits.onRead(readId, room, 1, page);
            } else {
                commits.readFailed(readId, room);
            }
        });
    }

    private static List<Entry> events(Connection connection, RoomName room, long from, int most, long bytes)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, room.text());
            statement.setLong(2, from);
            return entries(room, statement, most, bytes);
        }
    }

    private static List<Entry> entries(RoomName room, PreparedStatement statement, int most, long bytes)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        long size = 0;
        try (ResultSet found = statement.executeQuery()) {
            while (entries.size() < most && size < bytes && found.next()) {
                Map<String, String> row = new HashMap<>();
                for (String column : EventFields.COLUMNS) {
                    row.put(column, found.getString(column));
                }
                ChatEvent event = EventFields.parse(room, row::get, changed -> {});
                entries.add(new Entry(event, EventFields.id(row::get)));
                size += event.size();
            }
        }
        return entries;
    }

    /** Whether it went well; if not, an operator is told. */
    private boolean attempt(Job job) {
        try {
            job.run();
            return true;
        } catch (SQLException | RuntimeException e) {
            commits.warning("The database does not work: " + e.getMessage());
            return false;
        }
    }

    @Override
    public String retention(RoomName room) {
        return "kept for good";
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The database takes longer than a minute to store what is open.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

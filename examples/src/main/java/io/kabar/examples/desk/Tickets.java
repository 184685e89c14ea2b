package io.kabar.examples.desk;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The tickets of a support desk, in a table of their own. What fails there is an {@link UncheckedIOException}. */
final class Tickets {

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS ticket (number INTEGER PRIMARY KEY, "
            + "question INTEGER UNIQUE, customer TEXT, text TEXT, agent TEXT, solved INTEGER DEFAULT 0)";
    private static final String ROOM = "ticket-";
    private static final int DIGITS = 9;

    /** One ticket; without an agent as long as nobody has taken it. */
    record Ticket(long number, UserName customer, String text, Optional<UserName> agent, boolean isSolved) {}

    private final SqliteDatabase database;

    Tickets(SqliteDatabase database) {
        this.database = database;
        change(TABLE);
    }

    /** The room of a ticket. */
    RoomName room(long number) {
        return RoomName.of(ROOM + number);
    }

    /** Whose room this is; empty if it is of no ticket. */
    Optional<Long> numberOf(RoomName room) {
        String text = room.text();
        return text.startsWith(ROOM) ? number(text.substring(ROOM.length())) : Optional.empty();
    }

    /** A number as somebody has written it; empty if it is none. */
    Optional<Long> number(String text) {
        boolean isNumber =
                !text.isEmpty() && text.length() <= DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber
                ? Optional.of(text.chars().mapToLong(c -> c - '0').reduce(0, (n, d) -> 10 * n + d))
                : Optional.empty();
    }

    /** The newest question that has a ticket; 0 if there is none. */
    long newestQuestion() {
        return database.call(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT max(question) FROM ticket")) {
                return found.getLong(1);
            }
        });
    }

    /** Opens a ticket for an event of the hall; empty if it has one. */
    Optional<Ticket> open(long question, UserName customer, String text) {
        boolean isNew = change(
                        "INSERT OR IGNORE INTO ticket (question, customer, text) VALUES (?, ?, ?)",
                        question,
                        customer.text(),
                        text)
                > 0;
        return isNew ? find("question", question) : Optional.empty();
    }

    Optional<Ticket> find(long number) {
        return find("number", number);
    }

    private Optional<Ticket> find(String column, long value) {
        return database.call(connection -> {
            try (var statement = connection.prepareStatement("SELECT * FROM ticket WHERE " + column + " = ?")) {
                statement.setLong(1, value);
                try (ResultSet found = statement.executeQuery()) {
                    return found.next() ? Optional.of(ticket(found)) : Optional.<Ticket>empty();
                }
            }
        });
    }

    private static Ticket ticket(ResultSet row) throws SQLException {
        String agent = row.getString("agent");
        return new Ticket(
                row.getLong("number"),
                UserName.of(row.getString("customer")),
                row.getString("text"),
                agent == null ? Optional.empty() : Optional.of(UserName.of(agent)),
                row.getBoolean("solved"));
    }

    void take(long number, UserName agent) {
        change("UPDATE ticket SET agent = ? WHERE number = ?", agent.text(), number);
    }

    void solve(long number) {
        change("UPDATE ticket SET solved = 1 WHERE number = ?", number);
    }

    /** Returns how many rows it has changed. */
    private int change(String sql, Object... values) {
        int[] rows = new int[1];
        try {
            database.change(connection -> {
                try (var statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < values.length; i++) {
                        statement.setObject(i + 1, values[i]);
                    }
                    rows[0] = statement.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("The tickets cannot be changed: " + e.getMessage(), e));
        }
        return rows[0];
    }
}

package io.kabar.examples.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database in one file, by JDBC. One thread at a time has its connection; a change holds whole or not at all. */
public final class SqliteDatabase implements AutoCloseable {

    /** Something that is read. */
    public interface Question<T> {
        /** Reads it. */
        T ask(Connection connection) throws SQLException;
    }

    /** Something that is changed. */
    public interface Change {
        /** Changes it. */
        void make(Connection connection) throws SQLException;
    }

    private final Connection connection;

    /**
     * Opens the file; makes it if there is none.
     *
     * @throws IOException if that cannot be
     */
    public SqliteDatabase(Path file) throws IOException {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL"); // a change is one write, at the end of a file
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IOException("Cannot open the database " + file + ": " + e.getMessage(), e);
        }
    }

    /** Asks something; what the database says against it is an {@link UncheckedIOException}. */
    public synchronized <T> T call(Question<T> question) {
        try {
            T answer = question.ask(connection);
            connection.commit();
            return answer;
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    /** Changes something, as a whole or not at all. */
    public synchronized void change(Change change) throws SQLException {
        try {
            change.make(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("The database did not close: " + e.getMessage(), e);
        }
    }
}

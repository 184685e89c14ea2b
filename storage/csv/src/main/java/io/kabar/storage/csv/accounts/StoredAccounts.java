package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.accounts.CsvAccounts.Content;
import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.files.FileStamp;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of a folder as a start has them: those in the file, and held names of those that are gone from it. */
public final class StoredAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(StoredAccounts.class);

    private final GivenNames given;
    private final FileStamp stamp;
    private final byte @Nullable [] bytes;
    private final AccountBook book;
    private final int removed;

    private StoredAccounts(GivenNames given, FileStamp stamp, byte @Nullable [] bytes, AccountBook book, int removed) {
        this.given = given;
        this.stamp = stamp;
        this.bytes = bytes;
        this.book = book;
        this.removed = removed;
    }

    /**
     * Reads the accounts of a folder that the caller holds.
     *
     * @param now since when a name is held that is held from now on
     * @throws IOException in a sentence that names file and line, if a file is damaged
     */
    public static StoredAccounts read(Path users, Path names, Instant now) throws IOException {
        GivenNames given = GivenNames.open(names);
        FileStamp stamp = FileStamp.of(users);
        byte[] bytes = bytes(users, given);
        Content content = content(users, bytes, given);
        AccountBook book = CsvAccounts.book(users, content, given.ids());
        return new StoredAccounts(given, stamp, bytes, book, holdMissing(book, given, now));
    }

    /**
     * Looks at the accounts of a folder that a server may be running on.
     *
     * @throws IOException as {@link #read}
     */
    public static void check(Path users, Path names) throws IOException {
        GivenNames given = GivenNames.open(names);
        byte[] bytes = bytes(users, given);
        if (bytes != null) {
            var unused = CsvAccounts.book(users, CsvAccounts.parse(users, bytes), given.ids());
        }
    }

    /** Every name that was ever given. */
    public GivenNames given() {
        return given;
    }

    /** Of the file before it was read. */
    public FileStamp stamp() {
        return stamp;
    }

    /** What the file holds; null if there is none, because nobody has registered yet. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    public AccountBook book() {
        return book;
    }

    /** How many names are held from now on. */
    public int removed() {
        return removed;
    }

    private static Content content(Path path, byte @Nullable [] bytes, GivenNames given) throws IOException {
        Content content = bytes == null ? Content.NONE : CsvAccounts.parse(path, bytes);
        if (!content.unfinished().isEmpty()) {
            cutOff(path, content, given);
        }
        return content;
    }

    private static byte @Nullable [] bytes(Path path, GivenNames given) throws IOException {
        try {
            return CsvAccounts.bytes(path);
        } catch (NoSuchFileException e) {
            if (given.isEmpty()) {
                return null; // nobody has registered yet
            }
            throw new IOException(
                    "The accounts are gone: there is no " + path + ", but names.csv beside it knows of "
                            + Counted.of(given.ids().size(), "name")
                            + ". Put a copy back, or remove names.csv, too: then all names are free.",
                    e);
        } catch (FileSystemException e) {
            throw new IOException("The accounts in " + path + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        }
    }

    /** The beginning of a row that was never answered may go; anything else that does not end is a person's. */
    private static void cutOff(Path path, Content content, GivenNames given) throws IOException {
        long highest = content.highest();
        for (long id : given.ids().values()) {
            highest = Math.max(highest, id);
        }
        String next = Long.toString(highest + 1);
        String rest = content.unfinished();
        if (!next.startsWith(rest) && !rest.startsWith(next + ",") && !changesOneThatIsThere(rest, content)) {
            CsvAccounts.whole(path, content);
        }
        LOG.info("cut {} characters of an unfinished row off {}", rest.length(), path);
    }

    /** Whether it is the beginning of another row of an account whose row before stands in the file. */
    private static boolean changesOneThatIsThere(String rest, Content content) {
        int comma = rest.indexOf(',');
        String id = comma < 0 ? rest : rest.substring(0, comma);
        return content.rows().stream()
                .map(row -> Long.toString(row.id()))
                .anyMatch(known -> comma < 0 ? known.startsWith(id) : known.equals(id));
    }

    private static int holdMissing(AccountBook book, GivenNames given, Instant now) {
        List<UserName> missing = new ArrayList<>();
        given.names().forEach((key, name) -> {
            if (book.find(key) == null) {
                missing.add(name);
            }
        });
        missing.forEach(name -> book.hold(nobody(name, now)));
        return missing.size();
    }

    private static Account nobody(UserName name, Instant now) {
        return new Account(0, name, Optional.empty(), Optional.empty(), Account.MEMBER, now);
    }
}

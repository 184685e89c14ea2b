package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.accounts.AccountRow.Standing;
import io.kabar.storage.csv.accounts.CsvAccounts.Content;
import io.kabar.storage.csv.files.FileStamp;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people change in the file of accounts while a server runs: finds out whether they did, reads it once it has
 * settled, and tells an operator once what cannot be read. For one thread at a time.
 */
public final class AccountEdits {

    private static final Logger LOG = LoggerFactory.getLogger(AccountEdits.class);

    /** Younger, a file may not have been saved to its end, and may be saved again without another time. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Path path;
    private final AccountFile file;
    private final InstantSource clock;

    private @Nullable FileStamp damaged;
    private @Nullable FileStamp unreadable;
    private boolean goneTold;

    /** Nothing was edited yet. */
    public AccountEdits(Path path, AccountFile file, InstantSource clock) {
        this.path = path;
        this.file = file;
        this.clock = clock;
    }

    /**
     * What a person has made of the file since the last look; null if nobody has changed it.
     *
     * @param ids by which accounts are known, for rows that a person wrote without one
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    public @Nullable Edit next(Supplier<Map<String, Long>> ids) throws IOException {
        FileStamp stamp = FileStamp.of(path);
        if (file.isKnown(stamp) || isBeingWritten(stamp)) {
            return null;
        }
        byte[] bytes;
        Edit edit;
        try {
            bytes = file.read(stamp);
            if (bytes == null) {
                return null; // it holds what it should
            }
            Content content = CsvAccounts.whole(path, CsvAccounts.parse(path, bytes));
            edit = new Edit(content, CsvAccounts.book(path, content, ids.get()));
        } catch (AccountFile.BeingEdited | NoSuchFileException e) {
            throw e; // over in a second, or told by the next look
        } catch (FileSystemException e) {
            // Asked again: rights and disks come back without changing the file.
            if (!stamp.equals(unreadable)) {
                LOG.warn(
                        "The accounts in {} cannot be read: {}. The accounts from before stay in force, and nobody "
                                + "new is registered.",
                        path,
                        FileTrouble.reason(e));
            }
            unreadable = stamp;
            throw e;
        } catch (IOException e) {
            damaged = stamp;
            LOG.warn("{} The accounts from before stay in force, and nobody new is registered.", e.getMessage());
            throw e;
        }
        damaged = null;
        unreadable = null;
        file.accept(stamp, bytes);
        return edit;
    }

    /**
     * Whether the file is too young to be read, and what is in it is the server's own.
     *
     * @throws IOException in half a sentence, if it cannot be read for another reason
     */
    private boolean isBeingWritten(FileStamp stamp) throws IOException {
        if (stamp.equals(damaged)) {
            throw new IOException(path.getFileName() + " was edited and cannot be read");
        }
        if (stamp.isNone()) {
            if (!goneTold) {
                LOG.warn("{} is gone. The accounts from before stay in force, and nobody new is registered.", path);
            }
            goneTold = true;
            throw new IOException(path.getFileName() + " is gone");
        }
        goneTold = false;
        if (!stamp.isYounger(SETTLED, clock.instant())) {
            return false;
        }
        if (file.isOurs(stamp)) {
            return true;
        }
        throw new AccountFile.BeingEdited(path);
    }

    /**
     * What a person has written.
     *
     * @param content as it stands in the file
     * @param book what it says
     */
    public record Edit(Content content, AccountBook book) {

        /**
         * Adds what the person could not know, or must not undo: accounts that came to the file after they had read it,
         * and the names of those that are not there any more.
         *
         * @param former what was in force
         * @param before the highest id that is not of this run
         */
        public Additions complete(AccountBook former, long before) {
            List<AccountRow> more = new ArrayList<>();
            int putBack = 0;
            for (AccountRow row : List.copyOf(former.rows())) {
                if (book.find(row.key()) != null || !row.equals(former.find(row.key()))) {
                    continue;
                }
                if (row.isOwned() && row.id() > before && row.id() > content.highest()) {
                    more.add(book.put(row)); // it came to the file after the editor had read it
                    putBack++;
                } else if (row.standing() != Standing.FREE) {
                    more.add(book.hold(row.account()));
                }
            }
            Set<AccountRow> there = new HashSet<>(content.rows());
            there.addAll(more);
            for (AccountRow row : book.rows()) {
                if (!there.contains(row)) {
                    more.add(row); // it has got its id
                }
            }
            return new Additions(more, putBack);
        }

        /** The names of accounts that are not what they were. */
        public List<UserName> changedSince(AccountBook former) {
            return former.accounts().stream()
                    .filter(account -> !isSame(account))
                    .map(Account::name)
                    .toList();
        }

        private boolean isSame(Account account) {
            AccountRow now = book.find(AccountRow.key(account.name()));
            return now != null
                    && now.isOwned()
                    && now.account().name().text().equals(account.name().text())
                    && now.account().password().equals(account.password())
                    && now.account().claim().equals(account.claim())
                    && now.account().role().equals(account.role());
        }
    }

    /**
     * What is to be appended to an edited file.
     *
     * @param rows to be appended
     * @param putBack how many of them are accounts that the person had not seen
     */
    public record Additions(List<AccountRow> rows, int putBack) {}
}

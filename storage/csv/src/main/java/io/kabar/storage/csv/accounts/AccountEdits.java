package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.accounts.AccountRow.Standing;
import io.kabar.storage.csv.accounts.CsvAccounts.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people change in the file of accounts while a server runs. For one thread at a time.
 */
public final class AccountEdits {

    private final Path path;
    private final FileEdits edits;
    /** What rows this run has replaced, by their ids: whoever writes one of them again has not seen the newer one. */
    private final Map<Long, Set<AccountRow>> replaced = new HashMap<>();

    /** Nothing was edited yet. */
    public AccountEdits(Path path, AccountFile file, InstantSource clock) {
        this.path = path;
        edits = new FileEdits(path, file, clock, "accounts", "nobody new is registered");
    }

    /**
     * What a person has made of the file since the last look; null if nobody has changed it.
     *
     * @param ids by which accounts are known, for rows that a person wrote without one
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    public @Nullable Edit next(Supplier<Map<String, Long>> ids) throws IOException {
        return edits.next(bytes -> {
            Content content = CsvAccounts.whole(path, CsvAccounts.parse(path, bytes));
            return new Edit(content, CsvAccounts.book(path, content, ids.get()), replaced);
        });
    }

    /** The server has put another row in place of this one. */
    public void replaced(AccountRow row) {
        replaced.computeIfAbsent(row.id(), id -> new HashSet<>()).add(row);
    }

    /**
     * What a person has written.
     *
     * @param content as it stands in the file
     * @param book what it says
     * @param replaced rows that the server has replaced meanwhile, by their ids
     */
    public record Edit(Content content, AccountBook book, Map<Long, Set<AccountRow>> replaced) {

        /**
         * Adds what the person could not know, or must not undo: accounts that came to the file or were changed after
         * they had read it, and the names of those that are not there any more.
         *
         * @param former what was in force
         * @param before the highest id that is not of this run
         */
        public Additions complete(AccountBook former, long before) {
            List<AccountRow> more = new ArrayList<>();
            int putBack = 0;
            book.counted(former.highest());
            for (AccountRow row : List.copyOf(former.rows())) {
                AccountRow written = book.row(row.id());
                if (written != null
                        && !written.equals(row)
                        && replaced.getOrDefault(row.id(), Set.of()).contains(written)) {
                    more.add(book.put(row)); // what they had read was changed meanwhile
                }
            }
            for (AccountRow row : List.copyOf(former.rows())) {
                if (book.find(row.key()) != null || !row.equals(former.find(row.key()))) {
                    continue;
                }
                if (row.isOwned() && row.id() > before && row.id() > content.highest()) {
                    more.add(book.put(row)); // it came to the file after the editor had read it
                    putBack++;
                } else if (row.standing() == Standing.FORMER) {
                    more.add(book.put(row));
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
                    && now.account().devices().equals(account.devices())
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

package io.kabar.storage.csv.exchange;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.accounts.AccountRow.Standing;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.accounts.StoredAccounts;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.room.FormerConversations;
import java.io.IOException;
import java.time.Instant;

/**
 * The accounts of a folder and those that an import brings: a name that is taken here stays whose it is. For one
 * thread.
 */
final class ImportedAccounts {

    private final DataFolder data;
    private final ImportReport report;
    private final AccountBook accounts;
    /** The accounts that were here before, to which nothing is added. */
    private final AccountBook before;

    private final AccountNumbers numbers;
    private int added;
    private int held;

    ImportedAccounts(DataFolder data, ImportReport report) throws IOException {
        this.data = data;
        this.report = report;
        accounts = read(data);
        before = read(data);
        numbers = new AccountNumbers(before);
    }

    private static AccountBook read(DataFolder data) throws IOException {
        return StoredAccounts.read(data.users(), data.names(), Instant.now()).book();
    }

    /** Whether a new account may not have this name. */
    boolean isTaken(UserName name) {
        return accounts.isTaken(name);
    }

    /** Adds a new account, if its name is free. */
    void add(Account account) {
        if (isTaken(account.name())) {
            leaveOut(account.name());
        } else {
            accounts.add(account);
            added++;
        }
    }

    /** Adds what another server has kept of a name. */
    void addFormer(AccountRow row) {
        numbers.isCalled(row.id(), row.account().name());
        Long heir = numbers.taken().get(row.heldFor());
        if (row.isOwned()) {
            addFormerAccount(row);
        } else if (row.standing() == Standing.FORMER
                && heir != null
                && !accounts.isTaken(row.account().name())) {
            numbers.add(row.id(), accounts.holdFor(row.account(), heir).id());
            held++;
        } else if (row.standing() == Standing.REMOVED && accounts.find(row.key()) == null) {
            numbers.add(row.id(), accounts.hold(row.account()).id());
            held++;
        }
    }

    /** Accounts of one server whose names look alike were two there and stay two here, if nobody here is like them. */
    private void addFormerAccount(AccountRow row) {
        AccountRow same = accounts.find(row.key());
        if (before.isTaken(row.account().name()) || (same != null && same.isOwned())) {
            leaveOut(row.account().name());
        } else {
            numbers.add(row.id(), accounts.add(row.account()).id());
            added++;
        }
    }

    /** What conversations are called here that were called by the names of their people. */
    FormerConversations conversations() {
        return FormerConversations.of(accounts);
    }

    /** Under which numbers the accounts are known here. */
    AccountNumbers numbers() {
        return numbers;
    }

    /** Reports a name that somebody here has. */
    void leaveOut(UserName name) {
        report.leftOut("names that are taken here already", name.text());
    }

    /** How many accounts are new. */
    int added() {
        return added;
    }

    /** Writes the accounts, if there are more than before. */
    void publish() throws IOException {
        if (added + held > 0) {
            AtomicFile.write(data.users(), CsvAccounts.text(accounts.rows()));
        }
    }
}

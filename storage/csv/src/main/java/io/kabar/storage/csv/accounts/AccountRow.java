package io.kabar.storage.csv.accounts;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;

/**
 * A row of {@code users.csv}: an account, or a name that is nobody's any more.
 *
 * @param id number of the account, from 1, never used again; 0 if the row has none yet
 * @param standing what the row says of the name
 * @param account whose name it is, or was
 */
public record AccountRow(long id, Standing standing, Account account) {

    /** The account has the number of its row. */
    public AccountRow {
        account = account.id() == id ? account : account.withId(id);
    }

    /** What a row says of its name. */
    public enum Standing {
        /** Somebody owns it. */
        OWNED,
        /** Its account was removed; nobody else gets it, because of what was said under it. */
        REMOVED,
        /** Whoever comes next may have it. */
        FREE
    }

    public String key() {
        return key(account.name());
    }

    /**
     * What makes rows those of one name: its spelling in one case. Names that look alike may be two people's from of
     * old; but for case alone they never could be.
     */
    public static String key(UserName name) {
        return RoomName.of(name.text()).text();
    }

    public boolean isOwned() {
        return standing == Standing.OWNED;
    }

    AccountRow withId(long number) {
        return new AccountRow(number, standing, account);
    }
}

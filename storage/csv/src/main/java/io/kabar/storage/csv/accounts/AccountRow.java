package io.kabar.storage.csv.accounts;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Device;
import java.time.Instant;
import java.util.List;

/**
 * A row of {@code users.csv}: an account, or a name that is nobody's any more.
 *
 * @param id number of the account, from 1, never used again; 0 if the row has none yet
 * @param standing what the row says of the name
 * @param account whose name it is, or was; of its devices only the one that registered the name, while it is let in
 * @param heldFor the number of the account that has another name now, of a {@link Standing#FORMER} one; else 0
 */
public record AccountRow(long id, Standing standing, Account account, long heldFor) {

    /** The account has the number of its row. */
    public AccountRow {
        account = account.id() == id ? account : account.withId(id);
        List<Device> first = account.devices().stream()
                .filter(each -> each.number() == Device.FIRST && each.isGood())
                .toList();
        if (!first.equals(account.devices())) {
            account = account.withDevices(first);
        }
    }

    /** A row of no name that is held for an account. */
    public AccountRow(long id, Standing standing, Account account) {
        this(id, standing, account, 0);
    }

    /** A row of an account. */
    static AccountRow of(Account account) {
        List<Device> first = account.devices().stream()
                .filter(each -> each.number() == Device.FIRST && each.isGood())
                .map(each -> Device.of(each.claim(), "", account.created()).withNumber(Device.FIRST))
                .toList();
        return new AccountRow(account.id(), Standing.OWNED, account.withDevices(first));
    }

    /** Whether the name is held no longer for who had it. */
    boolean isOver(Instant now) {
        return standing == Standing.FORMER && now.isAfter(account.created().plus(AccountStore.NAME_HELD));
    }

    /** The same name, which whoever comes next may have. */
    AccountRow free() {
        return new AccountRow(id, Standing.FREE, account);
    }

    /** What a row says of its name. */
    public enum Standing {
        /** Somebody owns it. */
        OWNED,
        /** Its account was removed; nobody else gets it, because of what was said under it. */
        REMOVED,
        /** Whoever comes next may have it. */
        FREE,
        /** An account had it until then that has another one now, and it is held for that one for a while. */
        FORMER
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
        return new AccountRow(number, standing, account, heldFor);
    }
}

package io.kabar.chat.internal.server.order;

import io.kabar.chat.Author;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.spi.ServerRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bans, or the mutes, of accounts: at most one of each account. */
public final class AccountSanctions {

    private final Records records;
    private final Sanction.Kind kind;
    private final String recordKind;
    private final Map<Long, Sanction> byAccount = new LinkedHashMap<>();

    AccountSanctions(Records records, Sanction.Kind kind) {
        this.records = records;
        this.kind = kind;
        recordKind = kind.name().toLowerCase(Locale.ROOT);
    }

    /** Takes what the records say; tells how many of them say nothing that can be understood. */
    int restore() {
        return records.read(recordKind, (key, value) -> {
            SanctionText.Parsed parsed = SanctionText.parse(value);
            Author who = new Author(Digits.parseLong(key), new UserName(parsed.whom()));
            byAccount.put(who.account(), parsed.sanction(kind, new Sanction.Person(who)));
        });
    }

    /** That of an account that holds now; null if there is none. */
    public @Nullable Sanction find(long account, Instant now) {
        Sanction found = byAccount.get(account);
        return found == null || !found.holds(now) ? null : found;
    }

    /** Imposes one, in place of the former one of the account. */
    public void impose(Author who, Sanction sanction, Stored then) {
        byAccount.put(who.account(), sanction);
        records.put(
                new ServerRecords.Entry(
                        recordKind,
                        Long.toString(who.account()),
                        SanctionText.of(sanction, who.name().text())),
                then);
    }

    /** Lifts that of an account; false if there is none. */
    public boolean lift(long account, Stored then) {
        if (byAccount.remove(account) == null) {
            return false;
        }
        records.remove(recordKind, Long.toString(account), then);
        return true;
    }

    /** Those that hold now, in the order in which they were imposed; the others are forgotten. */
    public List<Sanction> list(Instant now) {
        for (Map.Entry<Long, Sanction> each : List.copyOf(byAccount.entrySet())) {
            if (!each.getValue().holds(now)) {
                boolean unused = lift(each.getKey(), Stored.UNHEEDED);
            }
        }
        return new ArrayList<>(byAccount.values());
    }

    /** Whose they are that hold: the account of somebody who had this name then; 0 if there is none. */
    public long accountOf(UserName name) {
        for (Sanction each : byAccount.values()) {
            if (each.target() instanceof Sanction.Person person
                    && person.who().name().key().equals(name.key())) {
                return person.who().account();
            }
        }
        return 0;
    }
}

package io.kabar.chat.internal.server.order;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.ServerRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who does not want to be talked to by whom, by accounts; the names are those they had when one blocked the other. */
public final class Blocks {

    /** People whom one may block. */
    public static final int MOST = 500;

    private static final String RECORD = "block";

    private final Records records;
    private final Map<Long, Map<Long, UserName>> byBlocker = new HashMap<>();

    Blocks(Records records) {
        this.records = records;
    }

    /** Takes what the records say; tells how many of them say nothing that can be understood. */
    int restore() {
        return records.read(RECORD, (key, value) -> {
            List<String> accounts = Parts.of(key, ' ');
            List<String> names = Parts.of(value, ' ');
            hold(
                    new Author(Digits.parseLong(accounts.get(0)), new UserName(names.get(0))),
                    new Author(Digits.parseLong(accounts.get(1)), new UserName(names.get(1))));
        });
    }

    private void hold(Author blocker, Author blocked) {
        byBlocker
                .computeIfAbsent(blocker.account(), account -> new LinkedHashMap<>(2))
                .put(blocked.account(), blocked.name());
    }

    /** Whether the server keeps one more. */
    public boolean hasPlace() {
        return records.hasPlaceForMembers();
    }

    /** Whether somebody has blocked as many as they may. */
    public boolean isFull(long blocker) {
        return byBlocker.getOrDefault(blocker, Map.of()).size() >= MOST;
    }

    /** Somebody does not want to be talked to by another. */
    public void block(Author blocker, Author blocked, Stored then) {
        hold(blocker, blocked);
        records.put(
                new ServerRecords.Entry(
                        RECORD,
                        blocker.account() + " " + blocked.account(),
                        blocker.name().text() + " " + blocked.name().text()),
                then);
    }

    /** Somebody may be talked to again; false if they were not blocked. */
    public boolean unblock(long blocker, long blocked, Stored then) {
        Map<Long, UserName> theirs = byBlocker.get(blocker);
        if (theirs == null || theirs.remove(blocked) == null) {
            return false;
        }
        if (theirs.isEmpty()) {
            byBlocker.remove(blocker);
        }
        records.remove(RECORD, blocker + " " + blocked, then);
        return true;
    }

    /** Whom somebody has blocked, in that order. */
    public List<Author> of(long blocker) {
        List<Author> list = new ArrayList<>();
        byBlocker.getOrDefault(blocker, Map.of()).forEach((account, name) -> list.add(new Author(account, name)));
        return list;
    }

    /** The name that somebody had when an account blocked them; null if it has not. */
    public @Nullable UserName blocked(long blocker, long account) {
        return byBlocker.getOrDefault(blocker, Map.of()).get(account);
    }
}

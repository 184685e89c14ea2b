package io.kabar.chat.internal.server.order;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.People;
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

/**
 * Who does not want to be talked to by whom. By accounts; who is not here is known by the name they had when they
 * blocked somebody, or signed in last.
 */
public final class Blocks {

    /** People whom one may block. */
    public static final int MOST = 500;

    private static final String RECORD = "block";

    private final Records records;
    private final People people;
    private final Map<Long, Map<Long, UserName>> byBlocker = new HashMap<>();
    /** The accounts of those who have blocked somebody, by whom they are known. */
    private final Map<String, Long> blockers = new HashMap<>();

    Blocks(Records records, People people) {
        this.records = records;
        this.people = people;
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
        blockers.put(people.key(blocker.name()), blocker.account());
    }

    /**
     * Somebody has signed in, perhaps under another name than before: who blocks is known by the name they have now.
     */
    void signedIn(Author who) {
        Map<Long, UserName> theirs = byBlocker.get(who.account());
        String key = people.key(who.name());
        Long known = blockers.get(key);
        if (theirs == null || (known != null && known == who.account())) {
            return;
        }
        blockers.values().removeIf(account -> account == who.account());
        for (Author blocked : of(who.account())) {
            block(who, blocked, Stored.UNHEEDED);
        }
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
            blockers.values().removeIf(account -> account == blocker);
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

    /** Whether whoever is known by this has blocked an account. */
    public boolean hasBlocked(String blocker, long account) {
        Long found = blockers.get(blocker);
        return found != null && byBlocker.getOrDefault(found, Map.of()).containsKey(account);
    }

    /** Whether an account has blocked whoever is known by this. */
    public boolean isBlocking(long blocker, String person) {
        for (UserName name : byBlocker.getOrDefault(blocker, Map.of()).values()) {
            if (people.key(name).equals(person)) {
                return true;
            }
        }
        return false;
    }
}

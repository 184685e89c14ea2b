package io.kabar.storage.csv.room;

import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.accounts.StoredAccounts;
import io.kabar.storage.csv.layout.FolderParts;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Conversations of two as version 0.1 has called them, by the names of their people: {@code @ada@bob}. They are found
 * by the accounts that have these names.
 */
public final class FormerConversations {

    /** Above it are numbers that were given to those who had none, from the last one down. */
    public static final long FIRST_NOBODY = Limits.LAST_NUMBER / 2;

    private static final char MARK = '@';

    private final AccountBook accounts;
    /** By names in lower case, as such a conversation was called. */
    private final Map<String, Long> bySpelling = new HashMap<>();

    /** What those are called that somebody has asked for, by both names in lower case, whichever comes first. */
    private final Map<Set<String>, RoomName> called = new HashMap<>();

    private final Set<RoomName> given = new HashSet<>();

    private FormerConversations(AccountBook accounts) {
        this.accounts = accounts;
        for (AccountRow row : accounts.rows()) {
            bySpelling.putIfAbsent(spelled(row.account().name()), owner(row));
        }
    }

    /** Those of people with these accounts. */
    public static FormerConversations of(AccountBook accounts) {
        return new FormerConversations(accounts);
    }

    /** Those of a data folder, with the accounts that are in it. */
    static FormerConversations in(Path rooms) throws IOException {
        StoredAccounts stored = StoredAccounts.read(
                rooms.resolveSibling(FolderParts.USERS), rooms.resolveSibling(FolderParts.NAMES), Instant.now());
        return new FormerConversations(stored.book());
    }

    /** The two of such a conversation; empty if this is no name of one. */
    public static Optional<List<UserName>> people(String name) {
        int second = name.indexOf(MARK, 1);
        if (second < 0 || name.charAt(0) != MARK) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    List.of(new UserName(name.substring(1, second)), new UserName(name.substring(second + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * What such a conversation is called by its accounts, however its people are spelled; it may be one that goes on
     * here. Two never have the same name: who has no account, or is in another conversation of the same two, gets a
     * number that nobody will ever have, and the other one can read on.
     *
     * @param isThere whether there is a room of such a name already
     * @return empty if neither of the two has an account
     */
    public Optional<RoomName> called(List<UserName> people, Predicate<RoomName> isThere) {
        Set<String> names = people.stream().map(FormerConversations::spelled).collect(Collectors.toSet());
        RoomName name = called.get(names);
        if (name == null) {
            name = give(people, given::contains, isThere.or(given::contains));
            called.put(names, name);
        }
        return Optional.of(name).filter(its -> its.accounts().get(0) < FIRST_NOBODY);
    }

    /** Whether one that was called by names has this name by accounts. */
    public boolean hasNamed(RoomName room) {
        return given.contains(room);
    }

    /** That of its two accounts, unless it is another one's. */
    private RoomName give(List<UserName> people, Predicate<RoomName> isAnothers, Predicate<RoomName> isTaken) {
        long one = account(people.get(0));
        long other = account(people.get(1));
        RoomName theirs = one > 0 && other > 0 && one != other ? RoomName.direct(one, other) : null;
        RoomName name = theirs == null || isAnothers.test(theirs) ? withNobody(Math.max(one, other), isTaken) : theirs;
        given.add(name);
        return name;
    }

    /**
     * A conversation of somebody with nobody.
     *
     * @param somebody an account; 0 for nobody
     * @param isTaken whether a name is another conversation's
     */
    public static RoomName withNobody(long somebody, Predicate<RoomName> isTaken) {
        long nobody = Limits.LAST_NUMBER;
        long one = somebody > 0 ? somebody : nobody--;
        while (isTaken.test(RoomName.direct(one, nobody))) {
            nobody--;
        }
        return RoomName.direct(one, nobody);
    }

    /** Gives the folder of such a conversation its name by accounts. */
    static void rename(Path folder, RoomFolder named) throws IOException {
        RoomTopic topic = RoomTopic.read(new RoomFolder(named.room(), folder));
        Files.move(folder, named.path(), StandardCopyOption.ATOMIC_MOVE);
        if (topic != null) {
            topic.write(named);
        }
    }

    /** Where the folder of such a conversation belongs: no two belong together. */
    RoomFolder place(Path rooms, List<UserName> people) {
        Predicate<RoomName> isTaken = room ->
                given.contains(room) || Files.exists(RoomFolder.of(rooms, room).path());
        return RoomFolder.of(rooms, give(people, isTaken, isTaken));
    }

    /** Whose a name is or was; 0 if nobody's ever. */
    private long account(UserName name) {
        Long spelled = bySpelling.get(spelled(name));
        AccountRow row = spelled == null ? accounts.find(name.key()) : null;
        return spelled != null ? spelled : row == null ? 0 : owner(row);
    }

    /** In lower case, as rooms are written. */
    private static String spelled(UserName name) {
        return RoomName.of(name.text()).text();
    }

    private static long owner(AccountRow row) {
        return row.heldFor() > 0 ? row.heldFor() : row.id();
    }
}

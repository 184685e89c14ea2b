package io.kabar.storage.csv.exchange;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.RoomName;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.room.FormerConversations;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Under which number the accounts of an import are known here. Roles and bans are by number, so a number of elsewhere
 * must never be taken for that of somebody here: it is the one that the account got on the way in, or its own if
 * somebody of that number and name is here already, or nobody's.
 */
final class AccountNumbers {

    private final AccountBook before;
    private final Map<Long, Long> taken = new HashMap<>();
    /** How the accounts of elsewhere are called there. */
    private final Map<Long, String> names = new HashMap<>();
    /** What conversations of elsewhere are called here. */
    private final Map<RoomName, RoomName> rooms = new HashMap<>();

    private boolean renumbered;

    /** No account is on its way in. */
    AccountNumbers(AccountBook before) {
        this.before = before;
    }

    /** An account of elsewhere is called so there. */
    void isCalled(long there, UserName name) {
        names.put(there, name.text());
    }

    /** Whether somebody is here by this number and name. */
    boolean isHere(Author author) {
        return author.account() != 0 && here(author.account(), author.name().text()) == author.account();
    }

    /**
     * What a room of elsewhere is called here. In a conversation somebody who was not taken over has a number that
     * nobody will ever have: the other one can read it.
     *
     * @param isThere whether there is a room of such a name already
     */
    RoomName here(RoomName there, Predicate<RoomName> isThere) {
        if (!there.isDirect()) {
            return there;
        }
        RoomName known = rooms.get(there);
        if (known == null) {
            known = found(there, isThere);
            rooms.put(there, known);
        }
        return known;
    }

    private RoomName found(RoomName there, Predicate<RoomName> isThere) {
        long one = there.accounts().get(0);
        long other = there.accounts().get(1);
        long oneHere = here(one, names.getOrDefault(one, ""));
        long otherHere = here(other, names.getOrDefault(other, ""));
        if (oneHere != 0 && otherHere != 0 && oneHere != otherHere) {
            return RoomName.direct(oneHere, otherHere);
        } else if (oneHere == one && other > FormerConversations.FIRST_NOBODY) {
            return there;
        }
        return FormerConversations.withNobody(Math.max(oneHere, otherHere), isThere.or(rooms::containsValue));
    }

    /** An account of elsewhere has this number here; 0 if it is not taken. */
    void add(long there, long here) {
        taken.put(there, here);
        renumbered |= there != here;
    }

    /** Which number each account has here that was taken over, by the one it had. */
    Map<Long, Long> taken() {
        return taken;
    }

    /** Whether some account has another number here, so that what is known by number only says nothing. */
    boolean isRenumbered() {
        return renumbered;
    }

    private long here(long there, String name) {
        if (there == 0) {
            return 0;
        }
        Long known = taken.get(there);
        AccountRow same = before.find(there);
        boolean isHere = same != null && same.account().name().text().equals(name);
        long here = known != null && known != 0 ? known : isHere ? there : 0;
        renumbered |= here != there;
        return here;
    }

    /**
     * The same event with the numbers that the accounts in it have here.
     *
     * @param room what its room is called here
     */
    Entry here(Entry entry, RoomName room) {
        ChatEvent event = entry.event();
        Author author = event.author();
        long by = here(author.account(), author.name().text());
        Content content = here(event.content());
        return by == author.account() && content.equals(event.content()) && room.equals(event.room())
                ? entry
                : new Entry(
                        new ChatEvent(
                                room,
                                event.epoch(),
                                event.sequence(),
                                event.time(),
                                new Author(by, author.name()),
                                event.ref(),
                                content),
                        entry.id());
    }

    private Content here(Content content) {
        if (content instanceof RoomChange.OfSomebody about) {
            return about.with(here(about.whom()));
        }
        return content instanceof StaffAction done
                ? new StaffAction(done.action(), here(done.whom()), done.text())
                : content;
    }

    private Whom here(Whom whom) {
        return new Whom(here(whom.account(), whom.name()), whom.name());
    }
}

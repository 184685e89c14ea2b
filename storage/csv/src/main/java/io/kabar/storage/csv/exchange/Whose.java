package io.kabar.storage.csv.exchange;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.NameIndex;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a name is one person's, however it is spelled. Where two accounts share a key, the older is meant by every
 * spelling but the other's own, as at sign-in, so nobody's texts are taken for somebody else's.
 */
final class Whose implements Predicate<UserName> {

    private final UserName person;
    private final Optional<UserName> owner;
    private final NameIndex<UserName> accounts = new NameIndex<>();
    private final Map<Long, UserName> byId = new HashMap<>();

    /**
     * @param person as an operator types it
     * @param accounts all there are, the oldest first; without an account, who has the name's key is meant
     */
    Whose(UserName person, Collection<Account> accounts) {
        this.person = person;
        for (Account account : accounts) {
            this.accounts.restore(account.name(), account.name());
            byId.put(account.id(), account.name());
        }
        owner = this.accounts.find(person);
    }

    /** Whether there is an account that is meant. */
    boolean hasAccount() {
        return owner.isPresent();
    }

    /** Whether an event is theirs, whatever they were called when it happened. */
    boolean test(Author author) {
        UserName now = byId.get(author.account());
        return test(now == null ? author.name() : now);
    }

    @Override
    public boolean test(UserName name) {
        Optional<UserName> its = accounts.find(name);
        if (owner.isEmpty() && its.isEmpty()) {
            return name.key().equals(person.key());
        }
        return its.equals(owner);
    }
}

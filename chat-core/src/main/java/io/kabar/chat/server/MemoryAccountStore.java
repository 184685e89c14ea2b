package io.kabar.chat.server;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.NameIndex;
import io.kabar.chat.spi.PasswordVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Accounts that last as long as the program. */
public final class MemoryAccountStore implements AccountStore {

    private final InstantSource clock;

    private final Map<Long, Account> byId = new HashMap<>();
    /** Whose each name is, or was and is held for. */
    private final NameIndex<Long> names = new NameIndex<>();
    /** Names that are held for accounts that have another one, the oldest first. */
    private final Map<UserName, Held> held = new LinkedHashMap<>();
    /** The highest number that was given. */
    private long highest;

    private record Held(long id, Instant until) {}

    /** No accounts: names are owned by whoever uses them first. */
    public MemoryAccountStore() {
        this(InstantSource.system());
    }

    /** The same by another clock, which says for how long names are held. */
    public MemoryAccountStore(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Accounts with passwords of their own, by name. Each takes a fraction of a second to derive, by a new salt: after
     * another start of the program everybody proves their password once more.
     */
    public static MemoryAccountStore ofPasswords(Map<String, String> passwords) {
        return of(passwords, (name, password) -> PasswordVerifier.derive(password));
    }

    /**
     * The same for a server that keeps its identity: as long as a password is the same, so is what is made of it, and
     * whoever was signed in before another start of the program comes back with a ticket.
     */
    public static MemoryAccountStore ofPasswords(ServerSecret server, Map<String, String> passwords) {
        // Salts of identity and name, and of nothing else: made of the password, they would tell of it.
        return of(
                passwords,
                (name, password) -> PasswordVerifier.derive(
                        password,
                        server.identity().derive("kabar account salt " + name.text(), Scram.SALT_LENGTH),
                        PasswordVerifier.ITERATIONS));
    }

    private static MemoryAccountStore of(
            Map<String, String> passwords, BiFunction<UserName, String, String> verifiers) {
        MemoryAccountStore store = new MemoryAccountStore();
        passwords.forEach((text, password) -> {
            UserName name = UserName.parse(text);
            String verifier = verifiers.apply(name, password);
            Account account =
                    new Account(0, name, Optional.of(verifier), Optional.empty(), Account.MEMBER, Instant.now());
            if (store.register(account).isEmpty()) {
                throw new IllegalArgumentException("The name " + name + " is there twice.");
            }
        });
        return store;
    }

    @Override
    public synchronized Optional<Account> find(UserName name) {
        freeNames();
        return names.find(name).map(byId::get);
    }

    @Override
    public synchronized Optional<Account> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<Account> register(Account account) {
        freeNames();
        Account numbered = account.withId(highest + 1);
        if (!names.add(account.name(), numbered.id())) {
            return Optional.empty();
        }
        highest++;
        byId.put(numbered.id(), numbered);
        return Optional.of(numbered);
    }

    @Override
    public synchronized Optional<Account> change(long id, AccountChange change) {
        freeNames();
        Account account = byId.get(id);
        Optional<Account> changed = account == null ? Optional.empty() : account.with(change);
        if (account != null && change instanceof AccountChange.NewName renamed) {
            changed = changed.filter(each -> rename(account, renamed.name()));
        }
        changed.ifPresent(each -> byId.put(id, each));
        return changed;
    }

    /** Gives an account another name and holds the one it had; false if the new one is not to be had. */
    private boolean rename(Account account, UserName name) {
        List<UserName> own = new ArrayList<>(List.of(account.name()));
        held.forEach((former, whose) -> {
            if (whose.id() == account.id()) {
                own.add(former);
            }
        });
        List<UserName> kept =
                own.stream().filter(each -> !each.key().equals(name.key())).toList();
        if (kept.size() > NAMES_HELD) {
            return false;
        }
        own.forEach(names::remove); // they stand in nobody's way but others'
        boolean free = !names.isTaken(name);
        if (free) {
            own.stream().filter(each -> !kept.contains(each)).forEach(held::remove);
            names.restore(name, account.id());
            if (kept.contains(account.name())) {
                held.put(account.name(), new Held(account.id(), clock.instant().plus(NAME_HELD)));
            }
        }
        (free ? kept : own).forEach(each -> names.restore(each, account.id()));
        return free;
    }

    private void freeNames() {
        Instant now = clock.instant();
        held.entrySet().removeIf(former -> {
            boolean over = now.isAfter(former.getValue().until());
            if (over) {
                names.remove(former.getKey());
            }
            return over;
        });
    }

    @Override
    public synchronized void seen(long id, int device, String label, Instant now) {
        byId.computeIfPresent(
                id,
                (same, account) -> account.withDevices(account.devices().stream()
                        .map(each ->
                                each.number() == device ? each.labelled(label).seenAt(now) : each)
                        .toList()));
    }

    @Override
    public synchronized long drawId() {
        return ++highest;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}

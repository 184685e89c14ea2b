package io.kabar.journal.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccountStore} promises, as tests: whoever writes one extends this class and says how it is made.
 * JUnit makes one instance a test, so that each begins with a place of its own.
 */
public abstract class AccountStoreContract {

    private static final int AT_ONCE = 8;

    private final Instant start = Instant.parse("2026-01-31T12:00:00Z");
    private volatile Instant now = start;
    private @Nullable AccountStore open;

    /** For subclasses. */
    protected AccountStoreContract() {}

    /**
     * A store. Within a test each call but the first follows the {@code close} of the store before, and gives one that
     * finds what that one has stored; a store that keeps nothing gives the same again.
     *
     * @param clock by which names are held
     */
    protected abstract AccountStore store(InstantSource clock) throws Exception;

    private AccountStore store() throws Exception {
        AccountStore current = open;
        if (current == null) {
            current = store(() -> now);
            open = current;
        }
        return current;
    }

    private AccountStore again() throws Exception {
        close();
        return store();
    }

    @AfterEach
    final void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private Account wanted(String name, int device) {
        return new Account(0, UserName.of(name), Optional.empty(), Optional.of(claim(device)), Account.MEMBER, start);
    }

    private static String claim(int device) {
        return String.format(Locale.ROOT, "%064x", device);
    }

    private Account register(String name) throws Exception {
        return store().register(wanted(name, 1)).orElseThrow();
    }

    private Optional<Account> rename(Account account, String name) throws Exception {
        return store().change(account.id(), new AccountChange.NewName(UserName.of(name)));
    }

    private Optional<Account> add(Account account, int device) throws Exception {
        return store().change(account.id(), new AccountChange.NewDevice(Device.of(claim(device), "", now)));
    }

    private Optional<Account> find(String name) throws Exception {
        return store().find(UserName.of(name));
    }

    @Test
    final void an_account_is_found_by_name_and_by_number() throws Exception {
        Account ada = register("Ada");

        for (int starts = 0; starts < 2; starts++) {
            assertEquals(Optional.of(ada), find("ada"));
            assertEquals(Optional.of(ada), store().find(ada.id()));
            assertEquals(Optional.empty(), store().find(ada.id() + 1));
            assertEquals(Optional.empty(), store().register(wanted("ada", 2)));
            var unused = again();
        }
    }

    @Test
    final void password_and_role_are_changed_and_stay_so() throws Exception {
        Account ada = register("ada");
        String verifier = "SCRAM-SHA-256$4096:AA==$AA==:AA==";

        var first = store().change(ada.id(), new AccountChange.NewPassword(Optional.of(verifier)));
        var unused = store().change(ada.id(), new AccountChange.NewRole("staff"));

        assertEquals(Optional.of(verifier), first.orElseThrow().password());
        for (int starts = 0; starts < 2; starts++) {
            Account found = find("ada").orElseThrow();
            assertEquals(Optional.of(verifier), found.password());
            assertEquals("staff", found.role());
            assertEquals(ada.devices(), found.devices());
            var unusedToo = again();
        }
        var unusedGone = store().change(ada.id(), new AccountChange.NewPassword(Optional.empty()));
        assertEquals(Optional.empty(), again().find(ada.id()).orElseThrow().password());
        assertEquals(Optional.empty(), store().change(77, new AccountChange.NewRole("staff")));
    }

    @Test
    final void another_name_finds_the_same_account_and_the_old_one_is_held() throws Exception {
        Account ada = register("ada");

        Account grace = rename(ada, "grace").orElseThrow();

        assertEquals(ada.id(), grace.id());
        assertEquals("ada", grace.registeredAs().text());
        for (int starts = 0; starts < 2; starts++) {
            assertEquals("grace", find("grace").orElseThrow().name().text());
            assertEquals("grace", find("ada").orElseThrow().name().text());
            assertEquals("ada", find("ada").orElseThrow().registeredAs().text());
            assertEquals(grace.devices(), find("grace").orElseThrow().devices());
            assertEquals(Optional.empty(), store().register(wanted("ADA", 2)));
            assertEquals(Optional.empty(), store().register(wanted("grace", 2)));
            var unused = again();
        }
        now = start.plus(AccountStore.NAME_HELD).plus(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), find("ada"));
        Account other = register("ada");
        assertNotEquals(ada.id(), other.id());
        assertEquals(Optional.of(other.id()), again().find(UserName.of("ada")).map(Account::id));
        assertEquals(Optional.of(ada.id()), find("grace").map(Account::id));
    }

    @Test
    final void one_may_go_back_to_a_name_that_is_held_for_one_and_to_another_spelling() throws Exception {
        Account ada = register("ada");
        var unused = rename(ada, "grace");

        assertEquals("ada", rename(ada, "ada").orElseThrow().name().text());
        assertEquals("ADA", rename(ada, "ADA").orElseThrow().name().text());
        assertEquals("ADA", rename(ada, "ADA").orElseThrow().name().text());
        for (int starts = 0; starts < 2; starts++) {
            for (String name : List.of("ada", "ADA", "grace")) {
                assertEquals("ADA", find(name).orElseThrow().name().text(), name);
            }
            var unusedToo = again();
        }
    }

    @Test
    final void a_name_that_looks_like_that_of_another_is_not_to_be_had() throws Exception {
        Account ada = register("ada");
        Account bob = register("bob");
        var unused = rename(bob, "carol");

        for (String taken : List.of("bob", "BOB", "b0b", "carol", "car0l")) {
            assertEquals(Optional.empty(), rename(ada, taken), taken);
        }
        assertEquals("ada", find("ada").orElseThrow().name().text());
        assertEquals(ada.id(), again().find(UserName.of("ada")).orElseThrow().id());
    }

    @Test
    final void only_so_many_names_are_held_for_one() throws Exception {
        Account ada = register("ada");
        for (int i = 1; i <= AccountStore.NAMES_HELD; i++) {
            assertTrue(rename(ada, "name" + "x".repeat(i)).isPresent());
        }
        assertEquals(Optional.empty(), rename(ada, "onemore"));
        assertEquals(ada.id(), find("ada").orElseThrow().id());
        now = start.plus(AccountStore.NAME_HELD).plus(Duration.ofSeconds(1));
        assertTrue(rename(ada, "onemore").isPresent());
    }

    @Test
    final void a_device_is_recorded_once_and_revoked_for_good() throws Exception {
        Account ada = register("ada");
        assertEquals(List.of(1), ada.devices().stream().map(Device::number).toList());

        Account two = add(ada, 2).orElseThrow();
        assertEquals(List.of(1, 2), two.devices().stream().map(Device::number).toList());
        assertEquals(two.devices(), add(ada, 2).orElseThrow().devices());
        for (int number = 1; number <= 2; number++) {
            var unused = store().change(ada.id(), new AccountChange.RevokedDevice(number, now));
        }
        for (int starts = 0; starts < 2; starts++) {
            List<Device> devices = find("ada").orElseThrow().devices();
            assertEquals(List.of(1, 2), devices.stream().map(Device::number).toList());
            assertTrue(devices.stream().noneMatch(Device::isGood));
            assertEquals(Optional.empty(), add(ada, 1));
            assertEquals(Optional.empty(), add(ada, 2));
            var unused = again();
        }
        assertEquals(3, add(ada, 3).orElseThrow().devices().get(2).number());
        assertEquals(Optional.empty(), store().change(ada.id(), new AccountChange.RevokedDevice(9, now)));
        assertEquals(3, again().find(ada.id()).orElseThrow().devices().size());
    }

    @Test
    final void of_too_many_devices_the_one_not_seen_for_longest_goes_and_no_number_comes_again() throws Exception {
        Account ada = register("ada");
        for (int device = 2; device <= Account.DEVICES; device++) {
            now = now.plus(Duration.ofDays(1));
            var unused = add(ada, device);
        }
        store().seen(ada.id(), 2, "", now.plus(Duration.ofDays(1)));

        Account full = add(ada, Account.DEVICES + 1).orElseThrow();

        assertEquals(Account.DEVICES, full.devices().size());
        assertTrue(full.device(1).isPresent());
        assertTrue(full.device(2).isPresent());
        assertFalse(full.device(3).isPresent());
        assertEquals(
                Account.DEVICES + 1, full.devices().get(Account.DEVICES - 1).number());
        assertEquals(full.devices(), again().find(ada.id()).orElseThrow().devices());
    }

    @Test
    final void when_a_device_was_seen_and_what_it_calls_itself_is_kept() throws Exception {
        Account ada = register("ada");
        now = start.plus(Duration.ofDays(3));

        store().seen(ada.id(), 1, "the laptop", now);

        for (int starts = 0; starts < 2; starts++) {
            Device device = find("ada").orElseThrow().device(1).orElseThrow();
            assertEquals("the laptop", device.label());
            assertEquals(Instant.parse("2026-02-03T00:00:00Z"), device.seen());
            var unused = again();
        }
    }

    @Test
    final void numbers_of_guests_are_nobody_elses() throws Exception {
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertTrue(numbers.add(store().drawId()));
            assertTrue(numbers.add(register("user" + "x".repeat(i)).id()));
            assertTrue(numbers.add(again().drawId()));
        }
    }

    /** Each as if it had come alone. */
    @Test
    final void what_comes_at_once_is_done_one_after_the_other() throws Exception {
        AccountStore store = store();
        Account ada = register("ada");
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Optional<Account>>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int device = 100 + i;
                answers.add(pool.submit(() ->
                        store.change(ada.id(), new AccountChange.NewDevice(Device.of(claim(device), "", start)))));
                answers.add(pool.submit(() -> store.register(wanted("wanted", device))));
                answers.add(pool.submit(() -> store.change(ada.id(), new AccountChange.NewName(UserName.of("same")))));
            }
            int registered = 0;
            for (int i = 0; i < answers.size(); i++) {
                Optional<Account> answer = answers.get(i).get(1, TimeUnit.MINUTES);
                assertTrue(i % 3 == 1 || answer.isPresent());
                registered += i % 3 == 1 && answer.isPresent() ? 1 : 0;
            }
            assertEquals(1, registered);
        } finally {
            pool.shutdownNow();
        }
        List<Device> devices = again().find(UserName.of("same")).orElseThrow().devices();
        assertEquals(AT_ONCE + 1, devices.size());
        assertEquals(
                AT_ONCE + 1, devices.stream().map(Device::number).distinct().count());
        assertEquals(AT_ONCE + 1, devices.stream().map(Device::claim).distinct().count());
    }
}

package io.kabar.chat.internal.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.limits.PrefixBuckets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final LoginThrottle throttle = new LoginThrottle(3, 10, 5 * MINUTE);
    private final AddressPrefixes home = address("192.0.2.1");

    @Test
    void three_wrong_passwords_a_minute_for_a_name() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.waitNanos(home, "ada", false, i * SECOND)).isZero();
            throttle.failed(home, "ada", false, i * SECOND);
        }
        assertThat(throttle.waitNanos(home, "ada", false, 2 * SECOND)).isEqualTo(18 * SECOND);
        assertThat(throttle.waitNanos(home, "bob", false, 2 * SECOND))
                .as("another name")
                .isZero();
        assertThat(throttle.waitNanos(address("192.0.2.2"), "ada", false, 2 * SECOND))
                .as("the owner, elsewhere")
                .isZero();
        assertThat(throttle.waitNanos(home, "ada", false, 20 * SECOND)).isZero();
    }

    @Test
    void ten_wrong_passwords_at_once_from_an_address_and_then_one_in_thirty_seconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.waitNanos(home, "name" + i, false, 0)).isZero();
            throttle.failed(home, "name" + i, false, 0);
        }
        assertThat(throttle.waitNanos(home, "ada", false, 0)).isEqualTo(30 * SECOND);
        assertThat(throttle.waitNanos(home, "ada", false, 30 * SECOND)).isZero();
        throttle.failed(home, "name10", false, 30 * SECOND);
        assertThat(throttle.waitNanos(home, "ada", false, 31 * SECOND)).isEqualTo(29 * SECOND);
        assertThat(throttle.waitNanos(home, "ada", false, 6 * MINUTE)).isZero();
    }

    @Test
    void who_has_signed_in_from_there_waits_for_the_own_wrong_passwords_only() {
        throttle.succeeded(home, "ada");
        for (int i = 0; i < 20; i++) {
            throttle.failed(home, "name" + i, false, 0);
        }
        assertThat(throttle.waitNanos(home, "ada", false, 0)).isZero();
        assertThat(throttle.waitNanos(home, "bob", false, 0)).isPositive();
        assertThat(throttle.waitNanos(home, "bob", true, 0)).as("by its device").isZero();
        for (int i = 0; i < 3; i++) {
            throttle.failed(home, "ada", false, 0);
        }
        assertThat(throttle.waitNanos(home, "ada", false, 0)).isEqualTo(20 * SECOND);
        assertThat(throttle.waitNanos(home, "ada", true, 0)).as("by her device").isZero();
        for (int i = 0; i < 20_000; i++) {
            throttle.succeeded(home, "name" + i);
        }
        assertThat(throttle.remembered()).isLessThan(10_000 + 100);
    }

    /**
     * The names are few: each was registered with the password that is in force, and an address has a rate of new ones.
     */
    @Test
    void many_names_of_ones_own_give_what_an_address_has_and_then_one_guess_a_minute_each() {
        int names = 1000;
        for (int minute = 0; minute < 3; minute++) {
            int guesses = 0;
            for (int i = 0; i < names; i++) {
                boolean byOwner = i % 2 == 0;
                throttle.succeeded(home, "name" + i);
                for (int guess = 0; guess < 3; guess++) {
                    if (throttle.waitNanos(home, "name" + i, byOwner, minute * MINUTE) == 0) {
                        throttle.failed(home, "name" + i, byOwner, minute * MINUTE);
                        guesses++;
                    }
                }
            }
            assertThat(guesses).isBetween(names, names + 10);
        }
        assertThat(throttle.waitNanos(home, "stranger", false, 0)).isZero();
    }

    /** Registered while the server was open, or had another password: then no device has proven the one of now. */
    @Test
    void many_names_that_never_signed_in_since_the_start_give_no_more_guesses_than_an_address_has() {
        int guesses = 0;
        for (int second = 0; second < 3600; second++) {
            String name = "name" + second % 1000;
            if (throttle.waitNanos(home, name, true, second * SECOND) == 0) {
                throttle.failed(home, name, true, second * SECOND);
                guesses++;
            }
        }
        assertThat(guesses).isBetween(120, 10 + 120);
    }

    /**
     * Whatever neighbours behind an address and in its network get wrong for other names, known or not, at whatever
     * time.
     */
    @Test
    void who_is_known_and_has_got_nothing_wrong_for_a_minute_never_waits() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            LoginThrottle shared = new LoginThrottle(3, 10, 5 * MINUTE);
            shared.succeeded(home, "ada");
            long now = 0;
            long adaFailed = -MINUTE;
            int adaGuesses = 0;
            for (int step = 0; step < 300; step++) {
                now += random.nextLong(2 * SECOND);
                AddressPrefixes from = random.nextInt(4) > 0 ? home : address("192.0.2." + random.nextInt(2, 256));
                String name = "name" + random.nextInt(40);
                if (random.nextInt(3) == 0) {
                    shared.succeeded(from, name);
                }
                shared.failed(from, name, random.nextBoolean(), now);
                for (boolean byOwner : new boolean[] {true, false}) {
                    if (now - adaFailed >= MINUTE) {
                        assertThat(shared.waitNanos(home, "ada", byOwner, now))
                                .as("seed %d, step %d", seed, step)
                                .isZero();
                    }
                }
                if (random.nextInt(50) == 0 && shared.waitNanos(home, "ada", false, now) == 0) {
                    shared.failed(home, "ada", false, now);
                    adaFailed = now;
                    adaGuesses++;
                }
            }
            assertThat(adaGuesses).isLessThanOrEqualTo(3 + (int) (3 * now / MINUTE));
        }
    }

    @Test
    void slow_guessing_blocks_nobody() {
        for (long i = 0; i < 100; i++) {
            throttle.failed(home, "name" + i, false, i * 30 * SECOND);
            assertThat(throttle.waitNanos(home, "ada", false, i * 30 * SECOND)).isZero();
        }
    }

    @Test
    void guesser_with_a_whole_network_has_a_few_times_the_guesses_of_an_address_and_not_thousands() {
        assertThat(guesses(i -> "2001:db8:0:" + Integer.toHexString(i) + "::1")).isEqualTo(16 * 10);
        assertThat(guesses(i -> "2001:db8:1:0" + Integer.toHexString(i % 256) + "::1"))
                .isEqualTo(4 * 10);
        assertThat(guesses(i -> "192.0.3." + i % 256)).isEqualTo(16 * 10);
    }

    private int guesses(IntFunction<String> addresses) {
        int guesses = 0;
        for (int i = 0; i < 1000; i++) {
            AddressPrefixes from = address(addresses.apply(i));
            if (throttle.waitNanos(from, "name" + i, false, 0) == 0) {
                throttle.failed(from, "name" + i, false, 0);
                guesses++;
            }
        }
        return guesses;
    }

    /** Tickets that are not theirs fail on: whatever an address fails, it has no debts. */
    @Test
    void whoever_fails_without_end_keeps_others_behind_the_address_waiting_for_one_turn_and_neighbours_not_at_all() {
        for (int i = 0; i < 10_000; i++) {
            throttle.failed(home, "ada", i % 2 == 0, i * SECOND / 4);
        }
        long end = 2500 * SECOND;
        for (boolean byOwner : new boolean[] {true, false}) {
            assertThat(throttle.waitNanos(home, "bob", byOwner, end)).isLessThanOrEqualTo(30 * SECOND);
            assertThat(throttle.waitNanos(address("192.0.2.9"), "bob", byOwner, end))
                    .isZero();
            assertThat(throttle.waitNanos(home, "bob", byOwner, end + 5 * MINUTE))
                    .isZero();
        }
    }

    @Test
    void guesser_with_a_whole_64_is_one_guesser() {
        for (int i = 0; i < 10; i++) {
            throttle.failed(address("2001:db8:0:1::" + i), "name" + i, false, SECOND);
        }
        assertThat(throttle.waitNanos(address("2001:db8:0:1::abcd"), "ada", false, SECOND))
                .isPositive();
        assertThat(throttle.waitNanos(address("2001:db8:0:2::1"), "ada", false, SECOND))
                .isZero();
    }

    /** What is remembered is bounded, and whoever still fails is not forgotten first. */
    @Test
    void flood_of_names_does_not_make_it_forget_who_is_blocked_just_now() {
        for (int i = 0; i < 10; i++) {
            throttle.failed(home, "name" + i, false, SECOND);
        }
        for (int i = 0; i < 9_000; i++) {
            throttle.failed(address("198.51." + i / 250 + "." + i % 250), "x", false, SECOND);
        }
        assertThat(throttle.waitNanos(home, "ada", false, SECOND)).isPositive();
        assertThat(throttle.remembered()).isLessThanOrEqualTo(10_000 + PrefixBuckets.REMEMBERED);
    }

    @Test
    void what_is_remembered_is_bounded() {
        for (int i = 0; i < 40_000; i++) {
            String network = (i % 100 + 20) + "." + i / 100 % 250; // no network has used up all it may get wrong
            throttle.failed(address(network + "." + i / 25_000 + ".1"), "x", false, SECOND);
        }
        assertThat(throttle.remembered()).isEqualTo(10_000 + PrefixBuckets.REMEMBERED);
    }

    private static AddressPrefixes address(String text) {
        try {
            return AddressPrefixes.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

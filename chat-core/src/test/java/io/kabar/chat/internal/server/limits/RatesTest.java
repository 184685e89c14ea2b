package io.kabar.chat.internal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.EndpointRig;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one user and one address may ask of everybody. */
class RatesTest {

    private static final int BURST = 50;
    private static final long NOW = 1_000_000_000_000L;
    private static final Set<Rates.Scarce> NOTHING = EnumSet.noneOf(Rates.Scarce.class);

    private final ServerSettings settings = EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), BURST, 2048)
            .apply(ServerIdentity.generate(new Random(7)));
    private final AddressRates addresses = new AddressRates(settings);

    private static AddressPrefixes at(int network) throws UnknownHostException {
        return AddressPrefixes.of(InetAddress.getByAddress(new byte[] {(byte) 203, (byte) network, 113, 7}));
    }

    private Rates user() {
        return new Rates(settings, addresses, false, NOW);
    }

    @Test
    void a_refused_message_takes_nothing_of_what_is_scarce() throws Exception {
        Rates ada = user();
        for (int i = 0; i < BURST; i++) {
            assertThat(ada.message(at(0), 10, NOTHING, NOW)).isZero();
        }
        Set<Rates.Scarce> topic = EnumSet.of(Rates.Scarce.TOPIC);
        for (int i = 0; i < 10 * Rates.TOPICS; i++) {
            assertThat(ada.message(at(0), 10, topic, NOW)).isPositive();
        }
        long later = NOW + 10_000_000_000L;
        for (int i = 0; i < Rates.TOPICS; i++) {
            assertThat(ada.message(at(0), 10, topic, later)).isZero();
        }
        assertThat(ada.message(at(0), 10, topic, later)).isPositive();
        assertThat(ada.message(at(0), 10, NOTHING, later)).isZero();
    }

    @Test
    void a_user_signals_so_often_in_all_rooms_together_and_keeps_it_by_signing_in_anew() {
        Rates ada = user();
        for (int i = 0; i < Rates.SIGNALS; i++) {
            assertThat(ada.signal(NOW)).isTrue();
        }
        assertThat(ada.signal(NOW)).isFalse();
        assertThat(ada.fullAt()).isEqualTo(NOW + 1_000_000_000L);
        assertThat(ada.signal(NOW + 10_000_000L)).isTrue();
        assertThat(ada.signal(NOW + 10_000_000L)).isFalse();
    }

    @Test
    void many_names_of_one_address_may_say_what_a_few_users_may_and_others_go_on() throws Exception {
        int said = 0;
        for (int name = 0; name < 100; name++) {
            Rates throwAway = user();
            for (int i = 0; i < BURST; i++) {
                said += throwAway.message(at(0), 10, NOTHING, NOW) == 0 ? 1 : 0;
            }
        }
        assertThat(said).isEqualTo(Quotas.STANDARD.usersPerAddress() * BURST);
        assertThat(user().message(at(1), 10, NOTHING, NOW)).isZero();
    }

    @Test
    void new_rooms_of_many_names_are_bounded_for_their_address() throws Exception {
        Set<Rates.Scarce> newRoom = EnumSet.of(Rates.Scarce.NEW_ROOM);
        int made = 0;
        for (int name = 0; name < 1000; name++) {
            made += user().message(at(0), 10, newRoom, NOW) == 0 ? 1 : 0;
        }
        assertThat(made).isEqualTo(2 * Quotas.STANDARD.newRoomsPerUser());
    }

    /** What a room keeps by its number is counted by days for this: see the journal of the daemon. */
    @Test
    void an_address_has_so_many_bytes_a_day_stored_under_however_many_names() throws Exception {
        int text = 4096;
        long hour = 3_600_000_000_000L;
        List<Rates> names = Stream.generate(this::user).limit(40).toList();
        long stored = 0;
        for (int at = 0; at < 3 * 24; at++) {
            for (int round = 0; round < 30; round++) {
                long now = NOW + at * hour + round * 2_500_000_000L;
                for (Rates name : names) {
                    while (name.message(at(0), text, NOTHING, now) == 0) {
                        stored += Rates.EVENT_BYTES + text;
                    }
                }
            }
        }
        long aDay = (long) Quotas.STANDARD.usersPerAddress() * Quotas.STANDARD.storedPerDay();
        assertThat(stored).as("three days, and one that was saved").isBetween(3 * aDay, 4 * aDay + 4096);
    }

    /** What is stored of comings and goings is taken of what there is: nobody makes debts for others. */
    @Test
    void who_enters_and_leaves_for_hours_leaves_no_debts_to_the_others_of_the_address() throws Exception {
        List<Rates> names = Stream.generate(this::user).limit(4).toList();
        long now = NOW;
        for (int second = 0; second < 6 * 3600; second++) {
            for (Rates name : names) {
                for (int i = 0; i < Rates.REQUESTS_PER_SECOND && name.request(at(0), now) == 0; i++) {
                    name.moved(at(0), now);
                }
            }
            now += 1_000_000_000L;
        }
        assertThat(user().message(at(0), 10, NOTHING, now + 10_000_000_000L)).isZero();
    }

    /** Somebody behind the same address had used up what all its users may have stored that day, by breakfast. */
    @Test
    void long_standing_users_go_on_with_a_reserve_where_others_have_used_up_what_their_address_has() throws Exception {
        int text = 4096;
        for (Rates throwAway : Stream.generate(this::user).limit(40).toList()) {
            long now = NOW;
            for (int i = 0; i < 100_000 && throwAway.message(at(0), text, NOTHING, now) == 0; i++) {
                now += 100_000_000L;
            }
        }
        Rates newcomer = user();
        Rates neighbour = user();
        neighbour.longStanding(true);
        long later = NOW + 10_000_000_000L;
        assertThat(newcomer.message(at(0), 10, NOTHING, later)).isPositive();
        assertThat(newcomer.request(at(0), later)).as("of these there are more").isZero();
        int said = 0;
        for (int i = 0; i < 2000; i++) {
            said += neighbour.message(at(0), 100, NOTHING, later + i * 1_000_000_000L) == 0 ? 1 : 0;
        }
        assertThat(said).isEqualTo(2000);
        while (newcomer.request(at(0), later) == 0) {
            user().request(at(0), later);
        }
        assertThat(neighbour.request(at(0), later + 2_000_000_000_000L)).isZero();
    }

    @Test
    void the_reserves_of_an_address_are_bounded_however_many_names_were_laid_up() throws Exception {
        int text = 4096;
        long stored = 0;
        for (int name = 0; name < 400; name++) {
            Rates old = user();
            old.longStanding(true);
            long now = NOW + name * 1_000_000L;
            for (int i = 0; i < 20_000 && old.message(at(0), text, NOTHING, now) == 0; i++) {
                stored += Rates.EVENT_BYTES + text;
                now += i % 50 == 0 ? 1_000_000_000L : 1_000_000L;
            }
        }
        long aDay = (long) Quotas.STANDARD.usersPerAddress() * Quotas.STANDARD.storedPerDay();
        assertThat(stored).isLessThan(aDay + 16L * Rates.reservePerDay(Quotas.STANDARD) + aDay / 4);
    }
}

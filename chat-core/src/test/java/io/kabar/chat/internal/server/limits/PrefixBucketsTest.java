package io.kabar.chat.internal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrefixBucketsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void address_has_its_burst_and_then_its_rate() {
        PrefixBuckets buckets = PrefixBuckets.perSecond(3, 2, 1);
        assertThat(takeAll(buckets, "192.0.2.1", 0)).isEqualTo(3);
        assertThat(buckets.take(address("192.0.2.1"), 0)).isEqualTo(SECOND / 2);
        assertThat(takeAll(buckets, "192.0.2.2", 0)).isEqualTo(3);
        assertThat(takeAll(buckets, "192.0.2.1", SECOND)).isEqualTo(2);
    }

    @Test
    void networks_share_a_multiple_of_it() {
        PrefixBuckets buckets = PrefixBuckets.every(Duration.ofSeconds(16), 2, 1);
        int taken = 0;
        for (int i = 0; i < 65_536; i++) {
            taken += takeAll(buckets, "2001:db8:1:" + Integer.toHexString(i) + "::1", 0);
        }
        assertThat(taken).isEqualTo(32);
        assertThat(buckets.size()).as("whoever gets nothing is not remembered").isLessThan(50);
        assertThat(buckets.take(address("2001:db8:1:ffff::1"), 0)).isEqualTo(SECOND);
    }

    @Test
    void what_one_of_its_networks_refuses_is_taken_from_none() {
        PrefixBuckets buckets = PrefixBuckets.perSecond(1, 1, 1);
        for (int i = 0; i < 16; i++) {
            assertThat(buckets.take(address("192.0.2." + i), 0)).isZero();
        }
        assertThat(buckets.take(address("192.0.2.77"), 0)).isEqualTo(SECOND / 16);
        assertThat(buckets.take(address("192.0.2.77"), SECOND / 16)).isZero();
    }

    @Test
    void private_address_has_more() {
        PrefixBuckets buckets = PrefixBuckets.perSecond(2, 1, 16);
        assertThat(takeAll(buckets, "10.0.0.1", 0)).isEqualTo(32);
        assertThat(takeAll(buckets, "192.0.2.1", 0)).isEqualTo(2);
    }

    @Test
    void more_than_the_burst_is_given_to_a_full_bucket_and_paid_for_afterwards() {
        PrefixBuckets buckets = PrefixBuckets.perSecond(100, 10, 1);
        assertThat(buckets.take(address("192.0.2.1"), 250, 0)).isZero();
        assertThat(buckets.take(address("192.0.2.1"), 1, 0)).isEqualTo(151 * SECOND / 10);
        assertThat(buckets.take(address("192.0.2.1"), 1, 16 * SECOND)).isZero();
    }

    @Test
    void burst_of_nothing_is_no_limit() {
        PrefixBuckets buckets = PrefixBuckets.perSecond(0, 1, 1);
        for (int i = 0; i < 1000; i++) {
            assertThat(buckets.take(address("192.0.2.1"), 0)).isZero();
        }
        assertThat(buckets.size()).isZero();
    }

    /** The table is bounded; whoever owes much is not forgotten for any number of others that owe less. */
    @Test
    void flood_of_networks_has_nobody_forgotten_who_owes_more_than_they_do() {
        PrefixBuckets buckets = PrefixBuckets.every(Duration.ofHours(1), 5, 1);
        assertThat(takeAll(buckets, "192.0.2.1", 0)).isEqualTo(5);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long subnet = random.nextLong(1L << 32);
            buckets.take(
                    address("2001:" + Long.toHexString(subnet >>> 16) + ":" + Long.toHexString(subnet & 0xffff)
                            + "::1"),
                    i);
            assertThat(buckets.size()).isLessThanOrEqualTo(PrefixBuckets.REMEMBERED);
        }
        assertThat(buckets.take(address("192.0.2.1"), SECOND)).isPositive();
    }

    @Test
    void full_buckets_are_forgotten() {
        PrefixBuckets buckets = PrefixBuckets.perSecond(1, 1, 1);
        for (int i = 0; i < 2000; i++) {
            buckets.take(address("198." + i / 256 + "." + i % 256 + ".1"), 0);
        }
        for (int i = 0; i < 1000; i++) {
            buckets.take(address("199." + i / 256 + "." + i % 256 + ".1"), 100 * SECOND);
        }
        assertThat(buckets.size()).as("and those of four providers").isEqualTo(2000 + 4);
    }

    private static int takeAll(PrefixBuckets buckets, String from, long now) {
        int taken = 0;
        while (taken < 1000 && buckets.take(address(from), now) == 0) {
            taken++;
        }
        return taken;
    }

    private static AddressPrefixes address(String text) {
        try {
            return AddressPrefixes.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

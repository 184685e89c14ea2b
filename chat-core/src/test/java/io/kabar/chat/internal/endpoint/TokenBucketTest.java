package io.kabar.chat.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void burst_at_once_then_the_rate_and_never_more_than_a_burst() {
        for (long zero : new long[] {0, -5 * SECOND, 1L << 60}) {
            TokenBucket bucket = new TokenBucket(50, 20, zero);
            assertThat(taken(bucket, zero)).isEqualTo(50);
            assertThat(bucket.take(zero)).isEqualTo(SECOND / 20);
            assertThat(taken(bucket, zero + SECOND)).isEqualTo(20);
            assertThat(taken(bucket, zero + 3_600 * SECOND)).isEqualTo(50);
        }
    }

    @Test
    void the_wait_it_tells_is_enough() {
        TokenBucket bucket = new TokenBucket(1, 3, 0);
        assertThat(bucket.take(0)).isZero();
        long wait = bucket.take(0);
        assertThat(bucket.take(wait - 1)).isPositive();
        assertThat(bucket.take(wait)).isZero();
    }

    @Test
    void no_limit_is_none() {
        TokenBucket bucket = new TokenBucket(0, 20, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(bucket.take(0)).isZero();
        }
    }

    private static int taken(TokenBucket bucket, long now) {
        int taken = 0;
        while (bucket.take(now) == 0) {
            taken++;
        }
        return taken;
    }
}

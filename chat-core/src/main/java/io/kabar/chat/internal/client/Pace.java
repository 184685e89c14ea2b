package io.kabar.chat.internal.client;

import io.kabar.chat.internal.endpoint.TokenBucket;

/** How fast a client speaks, in all rooms together: a little slower than the server allows. */
final class Pace {

    private final TokenBucket bucket;
    private long waitUntil;

    Pace(TokenBucket bucket, long now) {
        this.bucket = bucket;
        waitUntil = now;
    }

    /** Takes the right to say one thing; tells when there is one, which is {@code now} if it was taken. */
    long take(long now) {
        if (now < waitUntil) {
            return waitUntil;
        }
        long wait = bucket.take(now);
        waitUntil = wait > 0 ? now + wait : waitUntil;
        return now + wait;
    }

    /** Others have used the rate up: what is said again too fast would be refused, and all behind it, too. */
    void isUsedUp(long now) {
        bucket.empty(now);
    }
}

package io.kabar.chat;

import java.time.Instant;
import java.util.Optional;

/**
 * A device that somebody signs in from without a password, as its owner sees it.
 *
 * @param number within the account: 1 is the device that registered the name; never used again for another one
 * @param label what the client calls itself; perhaps empty
 * @param created when it signed in first
 * @param seen the day on which it signed in last, as its first moment in UTC
 * @param revoked when it was shut out for good; empty if it is let in
 * @param isThis whether it is the one that asks
 */
public record KnownDevice(
        int number, String label, Instant created, Instant seen, Optional<Instant> revoked, boolean isThis) {}

package io.kabar.chat.internal.server.core;

import io.kabar.chat.spi.Account;

/** What the host program has answered to a question. */
public sealed interface Verdict {

    /** It may happen. */
    record Allowed() implements Verdict {}

    /** The token is this account's. */
    record Known(Account account) implements Verdict {}

    /** It does not happen, as this sentence says. */
    record Refused(String sentence) implements Verdict {}

    /** There is no answer: it failed, or did not come in time. */
    record Missing() implements Verdict {}
}

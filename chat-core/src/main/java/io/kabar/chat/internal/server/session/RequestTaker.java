package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.wire.message.Query;

/** Takes what sessions ask that has to do with no room. */
public interface RequestTaker {

    /** Answers or refuses a request, now or later; false if it is none of its own. */
    boolean take(Request request, Query query);
}

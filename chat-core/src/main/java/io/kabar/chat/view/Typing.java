package io.kabar.chat.view;

import io.kabar.chat.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is writing. Silence ends it, so nothing has to be told or timed when somebody stops. */
final class Typing {

    /** Two reports of 3 s each; one lost report does not end it. */
    private static final Duration LASTS = Duration.ofSeconds(6);

    private final Map<UserName, Instant> heard = new LinkedHashMap<>();

    void heard(UserName who, Instant now) {
        heard.put(who, now);
    }

    void stopped(UserName who) {
        heard.remove(who);
    }

    List<UserName> at(Instant now) {
        heard.values().removeIf(at -> !now.isBefore(at.plus(LASTS)));
        return List.copyOf(heard.keySet());
    }
}

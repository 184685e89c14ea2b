package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.session.TokenBucket;
import java.util.ArrayList;
import java.util.List;

/** A user who is signed in, from one device or several: they share the name, the presence and the rate. */
final class User {
    final UserName name;
    final Role role;
    final TokenBucket bucket;
    final TokenBucket searches;
    final List<ServerSession> sessions = new ArrayList<>();

    /** How long this user has to wait before asking for what costs much, in nanoseconds. Staff need not wait. */
    long waitToAsk(ServerSettings settings, long now) {
        return settings.rateBurst() == 0 || role != Role.MEMBER ? 0 : searches.take(now);
    }

    User(UserName name, Role role, TokenBucket bucket, TokenBucket searches) {
        this.name = name;
        this.role = role;
        this.bucket = bucket;
        this.searches = searches;
    }
}

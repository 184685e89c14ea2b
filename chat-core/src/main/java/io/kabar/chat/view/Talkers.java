package io.kabar.chat.view;

import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who has spoken, in order of when they last did. */
final class Talkers {

    /** As many as irssi remembers; beyond that nobody knows who comes first anyway. */
    private static final int MAX = 50;

    private final Set<UserName> oldestFirst = new LinkedHashSet<>();

    void spoke(UserName who) {
        oldestFirst.remove(who);
        oldestFirst.add(who);
        if (oldestFirst.size() > MAX) {
            oldestFirst.remove(oldestFirst.iterator().next());
        }
    }

    List<UserName> latestFirst() {
        List<UserName> names = new ArrayList<>(oldestFirst);
        Collections.reverse(names);
        return names;
    }
}

package io.kabar.chat.internal.server.core;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which names mean the same person. */
public final class People {

    /**
     * People who are known by their spelling, as their key belongs to somebody else; in lower case, as rooms are
     * written.
     */
    private final Set<String> bySpelling = new HashSet<>();

    /** These share their key with somebody who had it before, and are meant only where they are spelled so. */
    public void knownBySpelling(Collection<? extends UserName> people) {
        people.forEach(name -> bySpelling.add(RoomName.of(name.text()).text()));
    }

    /** By what a person is known: two spellings that give the same mean the same person. */
    public String key(UserName name) {
        if (bySpelling.isEmpty()) {
            return name.key();
        }
        String spelled = RoomName.of(name.text()).text();
        // No key has a capital letter, so this is nobody else's.
        return bySpelling.contains(spelled) ? "X" + spelled : name.key();
    }
}

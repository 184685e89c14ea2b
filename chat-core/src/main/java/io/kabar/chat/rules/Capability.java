package io.kabar.chat.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something that a {@link ServerRole} allows on the whole server. */
public enum Capability {
    /** Acts as a moderator in every room: kicks, mutes and bans there. */
    MODERATE_ROOMS("moderate every room"),
    /** Acts as an owner in every room, and is kept out of none. */
    RUN_ROOMS("run every room"),
    /** Begins rooms also where not everybody may, and while new rooms are switched off. */
    CREATE_ROOMS("begin rooms"),
    /** Bans and mutes people on the whole server, by account, address or network, and lifts that again. */
    BAN("ban and mute on the whole server"),
    /** Sees from which addresses people come, and bans by addresses as they are written. */
    SEE_ADDRESSES("see addresses"),
    /** Looks after the accounts of others: their passwords, devices and names. */
    MANAGE_ACCOUNTS("manage accounts"),
    /** Gives server roles to people, and takes them away. */
    MANAGE_ROLES("manage roles"),
    /** Throws the emergency switches: no newcomers, no new rooms, slow mode everywhere. */
    EMERGENCY("throw the emergency switches"),
    /** Enters the staff's room, where reports arrive and every act of the staff has its line. */
    READ_STAFF_LOG("read the staff's log"),
    /** Makes invitations to the server, also where not everybody may. */
    INVITE("invite"),
    /** Is exempt from limits on how much one says in a time, slow mode included. */
    NO_LIMITS("pass over limits");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /** In lower case with hyphens, as people type it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The capability of this word. */
    public static Optional<Capability> of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word.toLowerCase(Locale.ROOT)))
                .findAny();
    }

    /** The words of all, for a sentence. */
    public static String allWords() {
        return Arrays.stream(values()).map(Capability::word).collect(Collectors.joining(", "));
    }

    /** What it allows, in words to follow "may". */
    public String words() {
        return words;
    }
}

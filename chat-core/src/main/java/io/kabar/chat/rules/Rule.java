package io.kabar.chat.rules;

import java.util.Locale;
import java.util.Optional;

/** A rule of a room by which something is not possible for somebody. */
public enum Rule {
    /** The room is closed. */
    CLOSED,
    /** They are banned. */
    BANNED,
    /** They are muted. */
    MUTED,
    /** The room is for those who are invited. */
    INVITE_ONLY,
    /** The room is for members. */
    MEMBERS_ONLY,
    /** A password is asked for. */
    PASSWORD,
    /** As many are inside as may be. */
    USER_LIMIT,
    /** Only those speak who have a role. */
    MODERATED,
    /** Only moderators speak. */
    READ_ONLY,
    /** Some time has to pass between two messages. */
    SLOW,
    /** The topic is for some to set. */
    TOPIC_BY,
    /** What happened before one entered is for some to read. */
    HISTORY_FOR,
    /** There are so many people inside that nobody is told who comes and goes. */
    QUIET,
    /** It takes a role to do that. */
    ROLE,
    /** It takes a higher role than that of the other. */
    RANK,
    /** It is there no more, or it is nothing that this can be done to. */
    TARGET,
    /** Only whose it is may do that. */
    AUTHOR,
    /** It is too old for that. */
    AGE,
    /** Somebody else owns what is asked for, or nobody can have it. */
    OTHER;

    /** In lower case with hyphens, as it goes over the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule of this word. */
    public static Optional<Rule> of(String word) {
        for (Rule rule : values()) {
            if (rule.word().equals(word)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}

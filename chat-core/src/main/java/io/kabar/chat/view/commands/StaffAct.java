package io.kabar.chat.view.commands;

import io.kabar.chat.internal.text.Parts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What staff does on the whole server, by {@code /staff}. */
public enum StaffAct {
    /** Ban somebody. */
    BAN("ban NAME [DURATION] [WHY...]"),
    /** Ban somebody and where they come from. */
    BAN_ADDRESS("ban-address NAME [DURATION] [WHY...]"),
    /** Let somebody in again, or lift a rule by its number. */
    UNBAN("unban NAME|RULE"),
    /** Mute somebody. */
    MUTE("mute NAME [DURATION] [WHY...]"),
    /** Let somebody speak again. */
    UNMUTE("unmute NAME"),
    /** List the bans. */
    BANS("bans"),
    /** List the mutes. */
    MUTES("mutes"),
    /** Tell the switches. */
    SWITCHES("switches"),
    /** Let newcomers in, or not. */
    NEWCOMERS("newcomers on|off"),
    /** Let rooms be begun, or not. */
    NEW_ROOMS("new-rooms on|off"),
    /** Slow mode everywhere. */
    SLOW("slow PAUSE");

    private final String usage;

    StaffAct(String usage) {
        this.usage = usage;
    }

    /** In lower case with hyphens, as people type it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How to type it. */
    public String usage() {
        return "/staff " + usage;
    }

    /** Fewest words behind it. */
    int fewest() {
        return (int) Parts.of(usage, ' ').stream()
                        .filter(word -> !word.startsWith("["))
                        .count()
                - 1;
    }

    /** Most words behind it. */
    int most() {
        return usage.contains("...") ? Integer.MAX_VALUE : fewest();
    }

    /** The act of this word, in any case. */
    public static Optional<StaffAct> of(String word) {
        return Arrays.stream(values())
                .filter(act -> act.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}

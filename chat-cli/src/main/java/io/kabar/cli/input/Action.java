package io.kabar.cli.input;

import java.util.List;
import java.util.Locale;

/** What a key can be bound to; the table that the keys and their help are made from. */
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of
public enum Action {
    SEND("send what is written", "enter"),
    NEW_LINE("begin a new line", "alt+enter", "ctrl+j"),
    COMPLETE("complete a name, room or command; again for the next one", "tab"),
    COMPLETE_BACK("the completion before", "shift+tab"),
    OLDER_INPUT("what was written before", "up"),
    NEWER_INPUT("what was written after it", "down"),
    SEARCH_INPUT("search in what was written", "ctrl+r"),
    PREVIOUS_ROOM("the room before", "ctrl+p", "alt+up"),
    NEXT_ROOM("the next room", "ctrl+n", "alt+down"),
    ACTIVE_ROOM("the next room with something new, mentions first", "alt+a"),
    SWITCH_ROOM("go to a room by its name", "alt+k"),
    PAGE_UP("scroll up", "pageup", "wheel-up"),
    PAGE_DOWN("scroll down", "pagedown", "wheel-down"),
    OLDEST("the oldest line that is here", "ctrl+home"),
    NEWEST("the newest line", "ctrl+end"),
    PREVIOUS_MENTION("the mention before", "alt+p"),
    NEXT_MENTION("the next mention", "alt+n"),
    FIRST_UNREAD("the first line that is new", "alt+u"),
    MESSAGE_UP(
            "choose a message: r answers, = reacts, e edits, d deletes, y copies, w tells who has it",
            "shift+up",
            "alt+m"),
    MESSAGE_DOWN("the message after it", "shift+down"),
    SEARCH_ROOM("search in this room", "ctrl+s"),
    TOGGLE_ROOMS("show or hide the rooms", "f7"),
    TOGGLE_ROSTER("show or hide who is here", "f8"),
    BARE("the transcript alone, to be marked with a mouse", "alt+l"),
    REDRAW("draw the screen again", "ctrl+l"),
    HELP("list the commands", "f1"),
    CANCEL("throw away what is written; leave when there is nothing", "ctrl+c"),
    END_OF_INPUT("leave when nothing is written", "ctrl+d"),
    SUSPEND("back to the shell; fg brings this back", "ctrl+z"),
    ESCAPE("close what is open, and go to the newest line", "esc"),
    LEFT("a letter to the left", "left", "ctrl+b"),
    RIGHT("a letter to the right", "right", "ctrl+f"),
    WORD_LEFT("a word to the left", "alt+b", "ctrl+left", "alt+left"),
    WORD_RIGHT("a word to the right", "alt+f", "ctrl+right", "alt+right"),
    LINE_START("the beginning of the line", "ctrl+a", "home"),
    LINE_END("the end of the line", "ctrl+e", "end"),
    BACKSPACE("take away the letter before the cursor", "backspace"),
    DELETE("take away the letter at the cursor", "delete"),
    CUT_WORD_BACK("cut the word before the cursor", "ctrl+w", "alt+backspace"),
    CUT_WORD("cut the word behind the cursor", "alt+d"),
    CUT_TO_START("cut all before the cursor", "ctrl+u"),
    CUT_TO_END("cut all behind the cursor", "ctrl+k"),
    PASTE_CUT("bring back what was cut", "ctrl+y"),
    TRANSPOSE("exchange two letters", "ctrl+t"),
    FOCUS("the terminal is in front", "focus"),
    BLUR("the terminal is not in front", "blur"),
    NONE("nothing");

    private final String help;
    private final List<String> keys;

    Action(String help, String... keys) {
        this.help = help;
        this.keys = List.of(keys);
    }

    /** How a configuration names it: {@code previous-room}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, in a few words. */
    public String help() {
        return help;
    }

    /** The keys it is bound to unless a configuration says otherwise. */
    public List<String> keys() {
        return keys;
    }
}

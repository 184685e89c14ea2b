package io.kabar.chat.view;

import io.kabar.chat.internal.text.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The table of commands: how to type them, what they do, who does it. How many arguments a command takes, help and
 * completion are all made from it; in a usage, brackets mean that it can be left out and dots that it is the rest of
 * the line.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of and the handlers are static methods
public enum Command {
    JOIN("/join ROOM [N]", Argument.ROOM, "enter a room, restore its newest N messages", RoomCommands::join, "j"),
    LEAVE("/leave [ROOM]", Argument.ROOM, "leave a room, this one if none is named", RoomCommands::leave, "part"),
    MSG("/msg NAME TEXT...", Argument.NAME, "say something to one person", TalkCommands::msg, "tell"),
    QUERY("/query NAME", Argument.NAME, "open a conversation with one person", TalkCommands::query, "q"),
    ME("/me TEXT...", Argument.TEXT, "say it in the third person", TalkCommands::me),
    TOPIC("/topic [TEXT...]", Argument.TEXT, "show or set the topic of this room", RoomCommands::topic),
    NAMES("/names [ROOM]", Argument.ROOM, "list who is in a room", RoomCommands::names, "who"),
    LIST("/list", Argument.NONE, "list the rooms of the server", RoomCommands::list, "rooms"),
    HISTORY(
            "/history [N|#NUMBER]",
            Argument.TEXT,
            "show N older messages, or what was around event NUMBER",
            HistoryCommands::history),
    SEARCH(
            "/search [WORDS...]",
            Argument.TEXT,
            "find messages with all these words, or older ones",
            HistoryCommands::search),
    WHO_SAW(
            "/who-saw [#NUMBER]",
            Argument.TEXT,
            "tell who has a message, your last one if none is named",
            RoomCommands::whoSaw),
    AWAY("/away", Argument.NONE, "show yourself as away", SelfCommands::away),
    BACK("/back", Argument.NONE, "show yourself as here again", SelfCommands::back),
    IGNORE("/ignore [NAME]", Argument.NAME, "hide what somebody says, or list whom you hide", SelfCommands::ignore),
    UNIGNORE("/unignore NAME", Argument.NAME, "show again what somebody says", SelfCommands::unignore),
    NET("/net", Argument.NONE, "tell how the connection is doing", SelfCommands::net),
    VERIFY("/verify", Argument.NONE, "show the server's key to compare", SelfCommands::verify),
    CLEAR("/clear", Argument.NONE, "empty the screen; the room keeps its history", SelfCommands::clear),
    HELP("/help [COMMAND]", Argument.COMMAND, "list the commands, or explain one", SelfCommands::help, "h", "?"),
    QUIT(
            "/quit",
            Argument.NONE,
            "leave; QUIT or exit alone on a line, in any case, does too",
            SelfCommands::quit,
            "exit");

    /** What the first argument of a command is, for completion. */
    public enum Argument {
        /** There is none. */
        NONE,
        /** A room. */
        ROOM,
        /** Somebody's name. */
        NAME,
        /** Another command. */
        COMMAND,
        /** Words to say. */
        TEXT
    }

    private final String usage;
    private final List<String> parameters;
    private final Argument argument;
    private final String help;
    private final BiFunction<CommandRunner, List<String>, CompletableFuture<Void>> handler;
    private final List<String> aliases;

    Command(
            String usage,
            Argument argument,
            String help,
            BiFunction<CommandRunner, List<String>, CompletableFuture<Void>> handler,
            String... aliases) {
        List<String> words = Parts.of(usage, ' ');
        this.usage = usage;
        this.parameters = words.subList(1, words.size());
        this.argument = argument;
        this.help = help;
        this.handler = handler;
        this.aliases = List.of(aliases);
    }

    /** The command with this name or alias, in any case, without its slash. A shorter form is never guessed. */
    public static Optional<Command> find(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(command -> command.word().equals(lower) || command.aliases.contains(lower))
                .findFirst();
    }

    /** Its name, without the slash. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Other names it goes by. */
    public List<String> aliases() {
        return aliases;
    }

    /** How to type it: {@code /join ROOM [N]}. */
    public String usage() {
        return usage;
    }

    /** What it does, in a few words. */
    public String help() {
        return help;
    }

    /** What the first argument is. */
    public Argument argument() {
        return argument;
    }

    /** Fewest arguments. */
    public int minArguments() {
        return (int) parameters.stream().filter(word -> !word.startsWith("[")).count();
    }

    /** Most arguments. */
    public int maxArguments() {
        return parameters.size();
    }

    /** Whether the last argument is the rest of the line, spaces and all. */
    public boolean takesText() {
        return usage.contains("...");
    }

    CompletableFuture<Void> run(CommandRunner runner, List<String> arguments) {
        return handler.apply(runner, arguments);
    }
}

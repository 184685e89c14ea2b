package io.kabar.chat.view;

import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.commands.AccountCommands;
import io.kabar.chat.view.commands.Argument;
import io.kabar.chat.view.commands.CommandContext;
import io.kabar.chat.view.commands.ModeCommands;
import io.kabar.chat.view.commands.OrderCommands;
import io.kabar.chat.view.commands.PeopleCommands;
import io.kabar.chat.view.commands.StaffCommands;
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
    JOIN("/join ROOM [N]", "enter a room, restore its newest N messages", RoomCommands::join, "j"),
    LEAVE("/leave [ROOM]", "leave a room, this one if none is named", RoomCommands::leave, "part"),
    MSG("/msg NAME TEXT...", "say something to one person", TalkCommands::msg, "tell"),
    QUERY("/query [NAME]", "open a conversation with one person, or list yours", TalkCommands::query, "q"),
    ME("/me TEXT...", "say it in the third person", TalkCommands::me),
    REPLY("/reply [#NUMBER] TEXT...", "answer a message, the newest if none is named", MessageCommands::reply, "re"),
    EDIT("/edit [#NUMBER] TEXT...", "let a message of yours read otherwise, your last one", MessageCommands::edit),
    DELETE("/delete [#NUMBER] [WHY...]", "delete a message, your last one if none is named", MessageCommands::delete),
    REACT("/react [#NUMBER] EMOJI", "react to a message, the newest if none is named", MessageCommands::react),
    UNREACT("/unreact [#NUMBER] EMOJI", "take a reaction back", MessageCommands::unreact),
    NUMBERS("/numbers [COUNT]", "list the newest messages with their numbers", MessageCommands::numbers),
    TOPIC("/topic [TEXT...]", "show or set the topic of this room", RoomCommands::topic),
    NAMES("/names [ROOM] [BEGINNING*]", "list who is in a room, or whose names begin so", RoomCommands::names, "who"),
    LIST("/list", "list the rooms of the server", RoomCommands::list, "rooms"),
    HISTORY("/history [N|#NUMBER]", "show N older messages, or what was around event NUMBER", HistoryCommands::history),
    SEARCH("/search [WORDS...]", "find messages with all these words, or older ones", HistoryCommands::search),
    WHO_SAW("/who-saw [#NUMBER]", "tell who has a message, your last one if none is named", RoomCommands::whoSaw),
    KICK("/kick NAME [WHY...]", "put somebody out; they may come back", by(OrderCommands::kick)),
    BAN("/ban NAME [DURATION] [WHY...]", "put somebody out and keep them out", by(OrderCommands::ban)),
    UNBAN("/unban NAME", "let somebody in again", by(OrderCommands::unban)),
    MUTE("/mute NAME [DURATION] [WHY...]", "let somebody speak no more", by(OrderCommands::mute)),
    UNMUTE("/unmute NAME", "let somebody speak again", by(OrderCommands::unmute)),
    ROLE("/role NAME [ROLE] [WHY...]", "tell or give a role in this room", by(OrderCommands::role)),
    INVITE("/invite NAME [WHY...]", "let somebody into this room", by(OrderCommands::invite)),
    UNINVITE("/uninvite NAME [WHY...]", "take that back; who is inside stays", by(OrderCommands::uninvite)),
    TRANSFER("/transfer NAME [yes]", "give this room to somebody else", by(OrderCommands::transfer)),
    MODE("/mode [MODE] [VALUE]", "show or set what holds in this room", by(ModeCommands::mode)),
    SLOW("/slow [PAUSE]", "show or set the seconds between messages", by(ModeCommands::slow)),
    DESCRIBE("/describe [TEXT...]", "show or say what this room is for; - clears", by(ModeCommands::describe)),
    CLOSE_ROOM("/close-room [yes]", "put everybody out but the owners", by(ModeCommands::closeRoom)),
    WHY("/why [DEED] [NAME]", "tell what you may not do here, and why", by(ModeCommands::why)),
    REPORT("/report #NUMBER WHY...", "tell the staff of a message", by(PeopleCommands::report)),
    WHOIS("/whois NAME", "tell who somebody is", by(PeopleCommands::whois)),
    BLOCK("/block [NAME]", "let somebody not write to you alone", by(PeopleCommands::block)),
    UNBLOCK("/unblock NAME", "let somebody write to you again", by(PeopleCommands::unblock)),
    STAFF("/staff ACT [WORDS...]", "keep order on the whole server", by(StaffCommands::staff)),
    NICK("/nick NAME", "take another name; your account stays", by(AccountCommands::nick)),
    PASSWORD("/password", "change the password of your account", by(AccountCommands::password)),
    DEVICES("/devices", "list where you sign in from", by(AccountCommands::devices)),
    REVOKE("/revoke NUMBER [yes]", "shut a device out of your account", by(AccountCommands::revoke)),
    INVITATION("/invitation [WORDS...]", "make a link: member 3 7d, or server", by(AccountCommands::invitation)),
    INVITATIONS("/invitations", "list the links that are good", by(AccountCommands::invitations)),
    WITHDRAW("/withdraw NUMBER", "end an invitation", by(AccountCommands::withdraw)),
    AWAY("/away", "show yourself as away", SelfCommands::away),
    BACK("/back", "show yourself as here again", SelfCommands::back),
    IGNORE("/ignore [NAME]", "hide what somebody says, or list whom you hide", SelfCommands::ignore),
    UNIGNORE("/unignore NAME", "show again what somebody says", SelfCommands::unignore),
    NET("/net", "tell how the connection is doing", SelfCommands::net),
    VERIFY("/verify", "show the server's key to compare", SelfCommands::verify),
    CLEAR("/clear", "empty the screen; the room keeps its history", SelfCommands::clear),
    HELP("/help [COMMAND]", "list the commands, or explain one", SelfCommands::help, "h", "?"),
    QUIT("/quit", "leave; QUIT or exit alone on a line, in any case, does too", SelfCommands::quit, "exit");

    private final String usage;
    private final List<String> parameters;
    private final String help;
    private final BiFunction<CommandRunner, List<String>, CompletableFuture<Void>> handler;
    private final List<String> aliases;

    Command(
            String usage,
            String help,
            BiFunction<CommandRunner, List<String>, CompletableFuture<Void>> handler,
            String... aliases) {
        List<String> words = Parts.of(usage, ' ');
        this.usage = usage;
        this.parameters = words.subList(1, words.size());
        this.help = help;
        this.handler = handler;
        this.aliases = List.of(aliases);
    }

    /** A command that knows nothing of the model. */
    private static BiFunction<CommandRunner, List<String>, CompletableFuture<Void>> by(
            BiFunction<CommandContext, List<String>, CompletableFuture<Void>> handler) {
        return (runner, arguments) -> handler.apply(runner.context(), arguments);
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

    /** What an argument is, from 0; all that is behind the last one is part of it, or too much. */
    public Argument argument(int place) {
        if (place < parameters.size()) {
            return Argument.of(parameters.get(place));
        }
        return takesText() ? Argument.TEXT : Argument.NONE;
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

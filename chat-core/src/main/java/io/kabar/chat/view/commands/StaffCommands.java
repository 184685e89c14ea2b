package io.kabar.chat.view.commands;

import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.participant.StaffCalls;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.view.words.PeopleWording;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** {@code /staff}: order on the whole server. */
public final class StaffCommands {

    private StaffCommands() {}

    /** {@code /staff ACT [WORDS...]}. */
    public static CompletableFuture<Void> staff(CommandContext context, List<String> arguments) {
        return context.parsed(() -> act(arguments.get(0)), act -> {
            List<String> words = arguments.size() < 2 ? List.of() : Parts.words(arguments.get(1));
            return words.size() < act.fewest() || words.size() > act.most()
                    ? context.fail("Usage: " + act.usage())
                    : context.parsed(() -> done(context, act, words), done -> done);
        });
    }

    private static StaffAct act(String word) {
        return StaffAct.of(word)
                .orElseThrow(() -> new IllegalArgumentException("The staff's acts are "
                        + Arrays.stream(StaffAct.values()).map(StaffAct::word).collect(Collectors.joining(", "))
                        + "."));
    }

    /** Throws what is wrong with the words, in a sentence. */
    private static CompletableFuture<Void> done(CommandContext context, StaffAct act, List<String> words) {
        StaffCalls staff = context.client().staff();
        return switch (act) {
            case BAN -> impose(context, words, staff::ban, " is banned from the server.");
            case BAN_ADDRESS ->
                impose(
                        context,
                        words,
                        staff::banWithAddress,
                        " is banned from the server, and whoever comes from there.");
            case UNBAN -> unban(context, words.get(0));
            case MUTE -> impose(context, words, staff::mute, " is muted on the server.");
            case UNMUTE -> {
                UserName who = UserName.of(words.get(0));
                yield context.request(() -> staff.unmute(who), nothing -> who + " may speak on the server again.");
            }
            case BANS ->
                context.request(
                        staff::bans, bans -> PeopleWording.sanctions(bans, "Nobody is banned from the server."));
            case MUTES ->
                context.request(
                        staff::mutes, mutes -> PeopleWording.sanctions(mutes, "Nobody is muted on the server."));
            case SWITCHES -> context.request(staff::switches, PeopleWording::switches);
            case NEWCOMERS -> {
                boolean off = isOff(act, words.get(0));
                yield set(context, switches -> switches.withNewcomersOff(off));
            }
            case NEW_ROOMS -> {
                boolean off = isOff(act, words.get(0));
                yield set(context, switches -> switches.withNewRoomsOff(off));
            }
            case SLOW -> {
                int seconds = seconds(words.get(0));
                yield set(context, switches -> switches.withSlowSeconds(seconds));
            }
        };
    }

    private static CompletableFuture<Void> impose(
            CommandContext context, List<String> words, Imposing imposing, String done) {
        UserName who = UserName.of(words.get(0));
        Penalty penalty = Penalty.of(words);
        Duration howLong = penalty.howLong().orElse(Sanction.WITHOUT_END);
        return context.request(() -> imposing.on(who, howLong, penalty.why()), nothing -> who + done);
    }

    private interface Imposing {
        CompletableFuture<Void> on(UserName who, Duration howLong, String why);
    }

    private static CompletableFuture<Void> unban(CommandContext context, String word) {
        StaffCalls staff = context.client().staff();
        if (Parts.isDigits(word, 1, 18)) {
            long rule = Digits.parseLong(word);
            return context.request(() -> staff.unbanRule(rule), nothing -> "Rule " + word + " is lifted.");
        }
        UserName who = UserName.of(word);
        return context.request(() -> staff.unban(who), nothing -> who + " may come to the server again.");
    }

    private static CompletableFuture<Void> set(CommandContext context, UnaryOperator<Switches> change) {
        StaffCalls staff = context.client().staff();
        return context.ask(
                staff::switches,
                before -> context.parsed(
                        () -> change.apply(before),
                        after -> context.request(
                                () -> staff.setSwitches(after), nothing -> PeopleWording.switches(after))));
    }

    private static boolean isOff(StaffAct act, String word) {
        if (!word.equalsIgnoreCase("on") && !word.equalsIgnoreCase("off")) {
            throw new IllegalArgumentException("Usage: " + act.usage());
        }
        return word.equalsIgnoreCase("off");
    }

    private static int seconds(String word) {
        if (word.equalsIgnoreCase("off")) {
            return 0;
        }
        if (!Parts.isDigits(word, 1, 9)) {
            throw new IllegalArgumentException("How slow is a number of seconds, as /staff slow 10, or off.");
        }
        return Digits.parseInt(word);
    }
}

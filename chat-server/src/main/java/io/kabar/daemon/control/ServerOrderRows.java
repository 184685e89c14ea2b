package io.kabar.daemon.control;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.StaffAction;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.rules.Network;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.server.ServerOrder;
import io.kabar.chat.view.Wording;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What keeps order on the whole server. Each act leaves a line in the staff's room. */
final class ServerOrderRows {

    private static final int STANDARD_LINES = 20;
    private static final int MOST_LINES = 256;

    private ServerOrderRows() {}

    static List<ControlCommand> rows() {
        return List.of(
                ControlCommand.of(
                        "server-ban NAME [DURATION] [REASON...]",
                        "put somebody out of the server, and keep them out",
                        ServerOrderRows::ban),
                ControlCommand.of("server-unban NAME", "let somebody into the server again", ServerOrderRows::unban),
                ControlCommand.of(
                        "address-ban NAME [DURATION] [REASON...]",
                        "the same, and nobody else comes from where they are",
                        ServerOrderRows::banWithAddress),
                ControlCommand.of(
                        "network-ban NETWORK [DURATION] [REASON...]",
                        "let nobody come from an address or network",
                        ServerOrderRows::banNetwork),
                ControlCommand.of(
                        "network-unban NUMBER",
                        "lift the ban of an address or network, by its number in the list",
                        ServerOrderRows::unbanNetwork),
                ControlCommand.of("server-bans", "list the bans of the server", ServerOrderRows::bans),
                ControlCommand.of(
                        "server-mute NAME [DURATION] [REASON...]",
                        "let somebody say nothing, anywhere",
                        ServerOrderRows::mute),
                ControlCommand.of("server-unmute NAME", "let somebody speak again", ServerOrderRows::unmute),
                ControlCommand.of("server-mutes", "list the mutes of the server", ServerOrderRows::mutes),
                ControlCommand.of("switches", "show the emergency switches", ServerOrderRows::switches),
                ControlCommand.of(
                        "switch SWITCH VALUE",
                        "throw one: newcomers on|off, new-rooms on|off, slow 10s|off",
                        ServerOrderRows::throwSwitch),
                ControlCommand.of(
                        "staff-log [NUMBER]",
                        "show what staff did and what was reported, the newest " + STANDARD_LINES + " or so many",
                        ServerOrderRows::staffLog));
    }

    private static ServerOrder order(ControlHost host) {
        return host.server().order();
    }

    private static Duration time(Arguments arguments) {
        return arguments.duration().orElse(Sanction.WITHOUT_END);
    }

    private static CompletableFuture<Outcome> ban(ControlHost host, Arguments arguments) {
        return order(host)
                .ban(arguments.user(), time(arguments), arguments.reason())
                .thenApply(nothing ->
                        Outcome.done("Banned " + arguments.user() + " " + Durations.words(arguments.duration()) + "."));
    }

    private static CompletableFuture<Outcome> banWithAddress(ControlHost host, Arguments arguments) {
        return order(host)
                .banWithAddress(arguments.user(), time(arguments), arguments.reason())
                .thenApply(nothing -> Outcome.done("Banned " + arguments.user() + ", and where they come from, "
                        + Durations.words(arguments.duration()) + "."));
    }

    private static CompletableFuture<Outcome> banNetwork(ControlHost host, Arguments arguments) {
        Network network = Network.parse(arguments.text(Kind.NETWORK));
        return order(host)
                .banNetwork(network, time(arguments), arguments.reason())
                .thenApply(nothing ->
                        Outcome.done("Banned " + network + " " + Durations.words(arguments.duration()) + "."));
    }

    private static CompletableFuture<Outcome> unban(ControlHost host, Arguments arguments) {
        return order(host)
                .unban(arguments.user())
                .thenApply(nothing -> Outcome.done(arguments.user() + " may come again."));
    }

    private static CompletableFuture<Outcome> unbanNetwork(ControlHost host, Arguments arguments) {
        String rule = arguments.text(Kind.NUMBER);
        return order(host)
                .unbanRule(Digits.parseLong(rule))
                .thenApply(nothing -> Outcome.done("Lifted the ban " + rule + "."));
    }

    private static CompletableFuture<Outcome> bans(ControlHost host, Arguments arguments) {
        return order(host).bans().thenApply(bans -> list("Nobody is banned from the server.", bans));
    }

    private static CompletableFuture<Outcome> mute(ControlHost host, Arguments arguments) {
        return order(host)
                .mute(arguments.user(), time(arguments), arguments.reason())
                .thenApply(nothing ->
                        Outcome.done("Muted " + arguments.user() + " " + Durations.words(arguments.duration()) + "."));
    }

    private static CompletableFuture<Outcome> unmute(ControlHost host, Arguments arguments) {
        return order(host)
                .unmute(arguments.user())
                .thenApply(nothing -> Outcome.done(arguments.user() + " may speak again."));
    }

    private static CompletableFuture<Outcome> mutes(ControlHost host, Arguments arguments) {
        return order(host).mutes().thenApply(mutes -> list("Nobody is muted on the server.", mutes));
    }

    private static Outcome list(String none, List<Sanction> sanctions) {
        return Outcome.list(none, sanctions.stream().map(ServerOrderRows::row).toList());
    }

    private static Row row(Sanction sanction) {
        Row row = new Row();
        if (sanction.target() instanceof Sanction.Addresses addresses) {
            row.with("who", addresses.network()).with("number", addresses.rule());
        } else if (sanction.target() instanceof Sanction.Person person) {
            row.with("who", person.who().name().text()).with("number", "");
        }
        return row.with(
                        "until",
                        sanction.until().equals(Sanction.FOREVER)
                                ? ""
                                : sanction.until().toString())
                .with("by", sanction.by().name().text())
                .with("reason", sanction.reason());
    }

    private static CompletableFuture<Outcome> switches(ControlHost host, Arguments arguments) {
        return order(host)
                .switches()
                .thenApply(now -> Outcome.list(
                        "",
                        List.of(
                                row("newcomers", now.newcomers() ? "off" : "on"),
                                row("new-rooms", now.newRooms() ? "off" : "on"),
                                row("slow", now.slowSeconds() == 0 ? "off" : now.slowSeconds() + "s"))));
    }

    private static CompletableFuture<Outcome> staffLog(ControlHost host, Arguments arguments) {
        int wanted = Math.max(1, (int) Math.min(MOST_LINES, arguments.number(STANDARD_LINES)));
        return host.server()
                .room(RoomName.STAFF)
                .newest(wanted)
                .thenApply(events -> Outcome.list(
                        "The staff's log is empty.",
                        events.stream()
                                .filter(event -> !event.isComingOrGoing())
                                .map(ServerOrderRows::row)
                                .toList()));
    }

    private static Row row(ChatEvent event) {
        return new Row()
                .with("seq", event.sequence())
                .with("time", event.time().toString())
                .with("by", event.from().text())
                .with(
                        "text",
                        event.isSaid() || event.content() instanceof StaffAction ? event.text() : Wording.of(event));
    }

    private static Row row(String name, String value) {
        return new Row().with("switch", name).with("value", value);
    }

    private static CompletableFuture<Outcome> throwSwitch(ControlHost host, Arguments arguments) {
        String name = arguments.text(Kind.SWITCH).toLowerCase(Locale.ROOT);
        String value = arguments.text(Kind.VALUE).toLowerCase(Locale.ROOT);
        return order(host)
                .switches()
                .thenCompose(now -> order(host).setSwitches(thrown(now, name, value)))
                .thenApply(nothing -> Outcome.done(name + " is now " + value + "."));
    }

    private static Switches thrown(Switches now, String name, String value) {
        return switch (name) {
            case "newcomers" -> now.withNewcomersOff(!isOn(value));
            case "new-rooms" -> now.withNewRoomsOff(!isOn(value));
            case "slow" ->
                now.withSlowSeconds(
                        value.equals("off")
                                ? 0
                                : (int) Math.min(
                                        Switches.LONGEST_PAUSE + 1L,
                                        Durations.parse(value)
                                                .map(Duration::toSeconds)
                                                .orElse(Long.MAX_VALUE)));
            default -> throw new IllegalArgumentException("The switches are newcomers, new-rooms and slow.");
        };
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("That switch is on or off.");
        };
    }
}

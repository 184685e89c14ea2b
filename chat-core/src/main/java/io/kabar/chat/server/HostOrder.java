package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Limits;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.OpenCalls;
import io.kabar.chat.internal.server.HostCalls;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.rules.Network;
import io.kabar.chat.rules.Switches;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Order on a server that {@link ServerBuilder} has started. */
final class HostOrder implements ServerOrder {

    private final HostCalls host;
    private final OpenCalls calls;

    HostOrder(HostCalls host, OpenCalls calls) {
        this.host = host;
        this.calls = calls;
    }

    private <T> CompletableFuture<T> ask(OrderQuery query) {
        return calls.call((callId, now) -> host.order(callId, query, now));
    }

    @Override
    public CompletableFuture<Void> ban(UserName who, Duration howLong, String reason) {
        return ask(new OrderQuery.Ban(who.text(), false, Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> banWithAddress(UserName who, Duration howLong, String reason) {
        return ask(new OrderQuery.Ban(who.text(), true, Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> banNetwork(Network network, Duration howLong, String reason) {
        return ask(new OrderQuery.BanNetwork(network.toString(), Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> unban(UserName who) {
        return ask(new OrderQuery.Unban(who.text()));
    }

    @Override
    public CompletableFuture<Void> unbanRule(long rule) {
        return ask(new OrderQuery.UnbanRule(rule));
    }

    @Override
    public CompletableFuture<List<Sanction>> bans() {
        return ask(new OrderQuery.Bans());
    }

    @Override
    public CompletableFuture<Void> mute(UserName who, Duration howLong, String reason) {
        return ask(new OrderQuery.Mute(who.text(), Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> unmute(UserName who) {
        return ask(new OrderQuery.Unmute(who.text()));
    }

    @Override
    public CompletableFuture<List<Sanction>> mutes() {
        return ask(new OrderQuery.Mutes());
    }

    @Override
    public CompletableFuture<Switches> switches() {
        return ask(new OrderQuery.AskSwitches());
    }

    @Override
    public CompletableFuture<Void> setSwitches(Switches switches) {
        return ask(new OrderQuery.SetSwitches(requireNonNull(switches, "switches")));
    }
}

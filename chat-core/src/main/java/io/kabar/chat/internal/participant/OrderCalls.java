package io.kabar.chat.internal.participant;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Author;
import io.kabar.chat.Conversation;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.OrderAnswer;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.participant.StaffCalls;
import io.kabar.chat.rules.Network;
import io.kabar.chat.rules.Switches;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What somebody asks, or wants done, that concerns people on the whole server. */
final class OrderCalls implements StaffCalls {

    private final ParticipantDriver<?> driver;
    private final ClientEndpoint endpoint;

    OrderCalls(ParticipantDriver<?> driver, ClientEndpoint endpoint) {
        this.driver = driver;
        this.endpoint = endpoint;
    }

    /** Asks, and makes a value of the pieces of the answer; a failure is the {@code ChatException} itself. */
    private <A extends Answer, T> CompletableFuture<T> ask(
            Query query, @Nullable RoomName room, Class<A> expected, Function<List<A>, T> value) {
        CompletableFuture<T> future = new CompletableFuture<>();
        CompletableFuture<List<Answer>> answered =
                driver.call((callId, now) -> endpoint.askAll(callId, query, room, expected, now));
        CompletableFuture<?> unused = answered.whenComplete((pieces, failure) -> {
            if (failure == null) {
                future.complete(value.apply(pieces.stream().map(expected::cast).toList()));
            } else {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }

    private CompletableFuture<Void> done(Query query, @Nullable RoomName room) {
        return this.<OrderAnswer.Done, Void>ask(query, room, OrderAnswer.Done.class, OrderCalls::nothing);
    }

    private CompletableFuture<Void> done(Query query) {
        return done(query, null);
    }

    @SuppressWarnings("NullAway") // a Void has no other value
    private static Void nothing(List<OrderAnswer.Done> unused) {
        return null;
    }

    private <A extends Answer, T> CompletableFuture<T> one(Query query, Class<A> expected, Function<A, T> value) {
        return ask(query, null, expected, pieces -> value.apply(pieces.get(0)));
    }

    private <A extends Answer, E> CompletableFuture<List<E>> list(
            Query query, Class<A> expected, Function<A, List<E>> some) {
        return ask(
                query,
                null,
                expected,
                pieces -> pieces.stream()
                        .flatMap(piece -> some.apply(piece).stream())
                        .toList());
    }

    // For everybody
    // -------------------------------------------------------------------------------------------------------

    CompletableFuture<Void> report(RoomName room, long sequence, String reason) {
        requireNonNull(room, "room");
        if (sequence < 1) {
            throw new IllegalArgumentException("Events have numbers from 1 on.");
        }
        OrderQuery query = new OrderQuery.Report(room, sequence, Limits.cutLine(reason));
        return done(query, room);
    }

    CompletableFuture<Void> shutOut(RoomName room, UserName who) {
        requireNonNull(room, "room");
        return done(new OrderQuery.ShutOut(room, who.text()), room);
    }

    CompletableFuture<Whois> whois(UserName who) {
        return one(new OrderQuery.WhoIs(who.text()), OrderAnswer.Whois.class, OrderAnswer.Whois::whois);
    }

    CompletableFuture<Void> block(UserName who) {
        return done(new OrderQuery.BlockPerson(who.text()));
    }

    CompletableFuture<Void> unblock(UserName who) {
        return done(new OrderQuery.UnblockPerson(who.text()));
    }

    CompletableFuture<List<Author>> blocks() {
        return list(new OrderQuery.Blocked(), OrderAnswer.People.class, OrderAnswer.People::people);
    }

    CompletableFuture<List<Conversation>> conversations() {
        return list(new Query.Conversations(), Answer.Conversations.class, Answer.Conversations::conversations);
    }

    CompletableFuture<Void> setRoomPassword(RoomName room, byte[] proof) {
        CompletableFuture<List<Answer>> answered = driver.call((callId, now) ->
                endpoint.askAll(callId, new Query.SetRoomPassword(room, proof), room, Answer.Done.class, now));
        return answered.thenApply(pieces -> null);
    }

    // For the staff
    // -------------------------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<Void> ban(UserName who, Duration howLong, String reason) {
        return done(new OrderQuery.Ban(who.text(), false, Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> banWithAddress(UserName who, Duration howLong, String reason) {
        return done(new OrderQuery.Ban(who.text(), true, Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> banNetwork(Network network, Duration howLong, String reason) {
        return done(new OrderQuery.BanNetwork(network.toString(), Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> unban(UserName who) {
        return done(new OrderQuery.Unban(who.text()));
    }

    @Override
    public CompletableFuture<Void> unbanRule(long rule) {
        if (rule < 1 || rule > Limits.LAST_NUMBER) {
            throw new IllegalArgumentException("Rules have numbers from 1 on.");
        }
        return done(new OrderQuery.UnbanRule(rule));
    }

    @Override
    public CompletableFuture<List<Sanction>> bans() {
        return list(new OrderQuery.Bans(), OrderAnswer.Sanctions.class, OrderAnswer.Sanctions::sanctions);
    }

    @Override
    public CompletableFuture<Void> mute(UserName who, Duration howLong, String reason) {
        return done(new OrderQuery.Mute(who.text(), Sanction.seconds(howLong), Limits.cutLine(reason)));
    }

    @Override
    public CompletableFuture<Void> unmute(UserName who) {
        return done(new OrderQuery.Unmute(who.text()));
    }

    @Override
    public CompletableFuture<List<Sanction>> mutes() {
        return list(new OrderQuery.Mutes(), OrderAnswer.Sanctions.class, OrderAnswer.Sanctions::sanctions);
    }

    @Override
    public CompletableFuture<Switches> switches() {
        return one(new OrderQuery.AskSwitches(), OrderAnswer.Switched.class, OrderAnswer.Switched::switches);
    }

    @Override
    public CompletableFuture<Void> setSwitches(Switches switches) {
        return done(new OrderQuery.SetSwitches(requireNonNull(switches, "switches")));
    }
}

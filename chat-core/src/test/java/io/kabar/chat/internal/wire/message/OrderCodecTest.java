package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.Switches;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked and answered about people on the whole server, as bytes. */
class OrderCodecTest {

    private static final Author ADA = new Author(1, UserName.of("ada"));
    private static final Author TROLL = new Author(300, UserName.of("troll"));
    private static final Instant SINCE = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Switches SWITCHES = new Switches(true, false, 30);

    static Stream<OrderQuery> queries() {
        return Stream.of(
                new OrderQuery.Report(RoomName.LOBBY, 17, "rude"),
                new OrderQuery.WhoIs("troll"),
                new OrderQuery.BlockPerson("troll"),
                new OrderQuery.UnblockPerson("troll"),
                new OrderQuery.Blocked(),
                new OrderQuery.ShutOut(RoomName.LOBBY, "troll"),
                new OrderQuery.Ban("troll", false, 0, ""),
                new OrderQuery.Ban("troll", true, 3600, "spam"),
                new OrderQuery.BanNetwork("192.0.2.0/24", 60, "spam"),
                new OrderQuery.Unban("troll"),
                new OrderQuery.UnbanRule(7),
                new OrderQuery.Bans(),
                new OrderQuery.Mute("troll", 60, "shouting"),
                new OrderQuery.Unmute("troll"),
                new OrderQuery.Mutes(),
                new OrderQuery.SetSwitches(SWITCHES),
                new OrderQuery.AskSwitches());
    }

    static Stream<OrderAnswer> answers() {
        Sanction ban =
                new Sanction(Sanction.Kind.BAN, new Sanction.Person(TROLL), SINCE, SINCE.plusSeconds(60), ADA, "spam");
        Sanction rule = new Sanction(
                Sanction.Kind.BAN, new Sanction.Addresses(7, "192.0.2.0/24"), SINCE, Sanction.FOREVER, ADA, "");
        Sanction mute = new Sanction(Sanction.Kind.MUTE, new Sanction.Person(TROLL), SINCE, Sanction.FOREVER, ADA, "");
        return Stream.of(
                new OrderAnswer.Done(),
                new OrderAnswer.Whois(new Whois(
                        TROLL,
                        "member",
                        Optional.of(Presence.AWAY),
                        Optional.of(SINCE),
                        List.of(RoomName.LOBBY),
                        List.of("192.0.2.7"))),
                new OrderAnswer.Whois(
                        new Whois(ADA, "owner", Optional.empty(), Optional.empty(), List.of(), List.of())),
                new OrderAnswer.People(List.of(ADA, TROLL)),
                new OrderAnswer.Sanctions(List.of(ban, rule, rule.withoutAddress(), mute)),
                new OrderAnswer.Switched(SWITCHES));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void what_is_asked_arrives_as_it_was(OrderQuery query) throws MalformedPacketException {
        byte[] bytes = ClientMessageCodec.encode(new ClientMessage.Request(9, query));
        assertThat(ClientMessageCodec.decode(0, bytes)).isEqualTo(new ClientMessage.Request(9, query));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void what_is_answered_arrives_as_it_was(OrderAnswer answer) throws MalformedPacketException {
        byte[] bytes = ServerMessageCodec.encode(new ServerMessage.Reply(9, true, answer));
        assertThat(ServerMessageCodec.decode(bytes)).isEqualTo(new ServerMessage.Reply(9, true, answer));
    }

    @Test
    void every_kind_is_among_them() {
        Set<Class<?>> asked = new HashSet<>();
        queries().forEach(query -> asked.add(query.getClass()));
        assertThat(asked).containsExactlyInAnyOrder(OrderQuery.class.getPermittedSubclasses());
        Set<Class<?>> answered = new HashSet<>();
        answers().forEach(answer -> answered.add(answer.getClass()));
        assertThat(answered).containsExactlyInAnyOrder(OrderAnswer.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @CsvSource({
        "080923152906 0574726f6c6c 3500 2d024e10 2f05047370616d, ban with the address for an hour",
        "08092b05 330301001e, newcomers off and half a minute of slow mode"
    })
    void bytes_are_as_documented(String bytes, String what) throws MalformedPacketException {
        byte[] message = HexFormat.of().parseHex(bytes.replace(" ", ""));
        assertThat(ClientMessageCodec.decode(0, message)).as(what).isInstanceOf(ClientMessage.Request.class);
        assertThat(ClientMessageCodec.encode(ClientMessageCodec.decode(0, message)))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "080923, a ban of nobody",
        "08092b05 3303020000, a switch that is neither on nor off",
        "08092b06 330400005fff, slow mode without an end"
    })
    void what_is_out_of_range_is_refused(String bytes, String what) throws MalformedPacketException {
        ClientMessage decoded = ClientMessageCodec.decode(0, HexFormat.of().parseHex(bytes.replace(" ", "")));
        assertThat(decoded).as(what).isInstanceOf(ClientMessage.Unfit.class);
        assertThat(((ClientMessage.Unfit) decoded).answer().refusal()).isEqualTo(Refusal.BAD_REQUEST);
    }
}

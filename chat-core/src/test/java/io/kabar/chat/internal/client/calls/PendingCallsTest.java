package io.kabar.chat.internal.client.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call is answered once, whatever happens to connections, to its room and to its turn. */
class PendingCallsTest {

    private static final int PIECE = 1_000;
    private static final RoomName KITCHEN = RoomName.of("kitchen");
    private static final List<RoomSummary> ROOMS =
            Collections.nCopies(PIECE, new RoomSummary(RoomName.LOBBY, 1, 1, ""));
    private static final List<Member> MEMBERS =
            Collections.nCopies(PIECE, new Member(UserName.of("ada"), RoomRole.GUEST, Presence.HERE));
    private static final Answer NOTHING = new Answer.History(1, 0, 1, 0);

    private final Set<RoomName> rooms = new HashSet<>(Set.of(RoomName.LOBBY));
    /** Of rooms that were entered again. */
    private final Map<RoomName, Object> stays = new HashMap<>();

    private final Set<RoomName> inside = new HashSet<>(Set.of(RoomName.LOBBY));
    private final List<ClientMessage.Request> asked = new ArrayList<>();
    private final PendingCalls calls = new PendingCalls(
            new CalledRooms() {
                @Override
                public @Nullable Object stay(RoomName room) {
                    return rooms.contains(room) ? stays.getOrDefault(room, room) : null;
                }

                @Override
                public boolean isInside(RoomName room) {
                    return inside.contains(room);
                }
            },
            message -> asked.add((ClientMessage.Request) message),
            numbers -> {});

    /** What became of a call. */
    private static final class Heard<T> implements Outcome<T> {
        private @Nullable T value;
        private @Nullable Refusal refusal;
        private String sentence = "";
        private int times;

        @Override
        public void done(T answer) {
            value = answer;
            times++;
        }

        @Override
        public void failed(Refusal why, String words, @Nullable Obstacle obstacle) {
            refusal = why;
            sentence = words;
            times++;
        }
    }

    private void reply(int request, boolean more, Answer answer) throws MalformedPacketException {
        calls.replied(new ServerMessage.Reply(asked.get(request).id(), more, answer), 0);
    }

    private void refuse(int request, Refusal refusal, long retryAfter, long now) {
        long id = asked.get(request).id();
        calls.refused(new ServerMessage.Refused(new ServerMessage.Subject.Request(id), refusal, retryAfter), id, now);
    }

    @Test
    void list_that_is_too_long_fails_its_call_alone() throws MalformedPacketException {
        calls.connected(0);
        Heard<List<RoomSummary>> first = new Heard<>();
        Heard<List<RoomSummary>> second = new Heard<>();
        calls.listRooms(first, 0);
        calls.listRooms(second, 0);
        for (int i = 0; i <= ListCall.MAX_ENTRIES / PIECE + 1; i++) {
            reply(0, true, new Answer.Rooms(ROOMS, false));
        }
        assertThat(first.refusal).isEqualTo(Refusal.TOO_LARGE);
        assertThat(first.sentence).contains("more than 100,000 rooms");
        reply(1, false, new Answer.Rooms(ROOMS, false));
        assertThat(second.value).hasSize(PIECE);
        assertThat(calls.size()).isZero();
    }

    @Test
    void list_that_is_as_long_as_may_be_is_given() throws MalformedPacketException {
        calls.connected(0);
        Heard<List<RoomSummary>> heard = new Heard<>();
        calls.listRooms(heard, 0);
        for (int i = 1; i <= ListCall.MAX_ENTRIES / PIECE; i++) {
            reply(0, i < ListCall.MAX_ENTRIES / PIECE, new Answer.Rooms(ROOMS, false));
        }
        assertThat(heard.value).hasSize(ListCall.MAX_ENTRIES);
    }

    @Test
    void the_rest_of_the_rooms_is_asked_for_behind_the_last_one() throws MalformedPacketException {
        calls.connected(0);
        Heard<List<RoomSummary>> heard = new Heard<>();
        calls.listRooms(heard, 0);
        reply(0, false, new Answer.Rooms(List.of(new RoomSummary(KITCHEN, 1, 1, "")), true));
        assertThat(asked.get(1).query()).isEqualTo(new Query.Rooms("kitchen"));
        reply(1, false, new Answer.Rooms(List.of(new RoomSummary(RoomName.LOBBY, 1, 1, "")), false));
        assertThat(heard.value).extracting(RoomSummary::name).containsExactly(KITCHEN, RoomName.LOBBY);
    }

    @Test
    void every_call_is_asked_again_on_the_next_connection_from_its_beginning() throws MalformedPacketException {
        Heard<List<RoomSummary>> list = new Heard<>();
        Heard<HistoryPage> history = new Heard<>();
        calls.listRooms(list, 0);
        assertThat(asked).as("there is no connection yet").isEmpty();
        calls.connected(0);
        calls.readHistory(RoomName.LOBBY, HistoryRange.newest(5), history, 0);
        reply(0, true, new Answer.Rooms(ROOMS, false));
        calls.disconnected();
        asked.clear();
        calls.connected(0);

        assertThat(asked).hasSize(2);
        for (int i = 0; i < 2; i++) {
            reply(i, false, asked.get(i).query() instanceof Query.Rooms ? new Answer.Rooms(ROOMS, false) : NOTHING);
        }
        assertThat(list.value).hasSize(PIECE);
        assertThat(history.times).isOne();
        assertThat(calls.size()).isZero();
    }

    @Test
    void a_call_waits_for_its_room_and_fails_when_that_is_left() {
        calls.connected(0);
        rooms.add(KITCHEN);
        Heard<HistoryPage> read = new Heard<>();
        calls.readHistory(KITCHEN, HistoryRange.newest(5), read, 0);
        assertThat(asked).isEmpty();
        inside.add(KITCHEN);
        calls.pump(0);
        assertThat(asked).hasSize(1);
        rooms.remove(KITCHEN);
        calls.pump(0);
        assertThat(calls.size()).isZero();
    }

    @Test
    void call_whose_room_was_left_and_entered_again_at_once_fails_too() {
        calls.connected(0);
        Heard<HistoryPage> read = new Heard<>();
        calls.readHistory(RoomName.LOBBY, HistoryRange.newest(5), read, 0);
        assertThat(asked).hasSize(1);
        stays.put(RoomName.LOBBY, "another stay");
        calls.pump(0);

        assertThat(read.refusal).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(calls.size()).isZero();
        calls.readHistory(RoomName.LOBBY, HistoryRange.newest(5), new Heard<>(), 0);
        calls.pump(0);
        assertThat(asked).as("and the next one is asked in the new stay").hasSize(2);
        assertThat(calls.size()).isOne();
    }

    @Test
    void what_a_server_may_not_have_found_is_not_believed() {
        for (List<Long> hits : List.of(List.of(0L), List.of(5L, 5L), List.of(5L, 9L), List.of(1L << 53))) {
            calls.connected(0);
            calls.search(RoomName.LOBBY, "tea", 0, new Heard<>(), 0);
            assertThatThrownBy(() -> reply(asked.size() - 1, false, new Answer.Found(1, false, hits)))
                    .as("%s", hits)
                    .isInstanceOf(MalformedPacketException.class);
            calls.failEverything(Refusal.CLOSED);
        }
    }

    @Test
    void pieces_around_what_was_found_are_no_longer_than_may_be_asked_for() {
        List<Long> hits = new ArrayList<>();
        for (long hit = 10_000; hits.size() < 256; hit -= 5) {
            hits.add(hit);
        }
        assertThat(SearchCall.spans(hits))
                .containsExactly(HistoryRange.from(9_003, 1_000), HistoryRange.from(8_723, 280));
    }

    @Test
    void only_so_many_of_a_kind_are_under_way() throws MalformedPacketException {
        calls.connected(0);
        for (int i = 0; i < 6; i++) {
            calls.readHistory(RoomName.LOBBY, HistoryRange.newest(5), new Heard<>(), 0);
        }
        calls.search(RoomName.LOBBY, "tea", 0, new Heard<>(), 0);
        calls.search(RoomName.LOBBY, "milk", 0, new Heard<>(), 0);
        assertThat(asked).hasSize(5);
        reply(4, false, new Answer.Found(1, false, List.of()));
        reply(0, false, NOTHING);
        assertThat(asked).hasSize(7);
    }

    @Test
    void what_is_refused_for_a_time_is_asked_again_then_and_what_is_refused_for_good_fails() {
        calls.connected(0);
        Heard<Delivery> heard = new Heard<>();
        calls.whoSaw(RoomName.LOBBY, 7, heard, 0);
        refuse(0, Refusal.RATE_LIMITED, 250, 0);
        long due = calls.nextTimeout();
        assertThat(due).isEqualTo(Duration.ofMillis(250).toNanos());
        calls.pump(due - 1);
        assertThat(asked).hasSize(1);
        calls.pump(due);
        assertThat(asked).hasSize(2);
        assertThat(heard.times).isZero();
        refuse(1, Refusal.NOT_IN_ROOM, 0, due);
        assertThat(calls.size()).isZero();
        assertThat(calls.nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void an_answer_to_another_question_is_not_believed() {
        calls.connected(0);
        Heard<List<RoomSummary>> heard = new Heard<>();
        calls.listRooms(heard, 0);
        assertThatThrownBy(() -> reply(0, false, NOTHING)).isInstanceOf(MalformedPacketException.class);
        assertThat(calls.size()).as("it is asked again on the next connection").isOne();
    }

    @Test
    void page_of_members_comes_in_pieces_and_is_no_longer_than_was_asked_for() throws MalformedPacketException {
        calls.connected(0);
        Heard<Member.Page> heard = new Heard<>();
        Member.Query query = Member.Query.first(2 * PIECE).beginningWith("a");
        calls.listMembers(KITCHEN, query, heard, 0);
        assertThat(asked)
                .last()
                .isEqualTo(new ClientMessage.Request(1, new Query.Members(KITCHEN, "a", "", 2 * PIECE)));
        reply(0, true, new Answer.Members(9000, true, MEMBERS));
        reply(0, false, new Answer.Members(9001, true, MEMBERS));
        Member.Page page = Objects.requireNonNull(heard.value);
        assertThat(page.members()).hasSize(2 * PIECE);
        assertThat(page.inside()).isEqualTo(9001);
        assertThat(page.next(query))
                .contains(query.behind(MEMBERS.get(PIECE - 1).name()));

        calls.listMembers(KITCHEN, query, heard, 0);
        reply(1, true, new Answer.Members(9000, true, MEMBERS));
        reply(1, true, new Answer.Members(9000, true, MEMBERS));
        assertThatThrownBy(() -> reply(1, true, new Answer.Members(9000, true, MEMBERS)))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void at_the_end_every_call_fails_once() {
        calls.connected(0);
        Heard<List<RoomSummary>> list = new Heard<>();
        Heard<Member.Page> members = new Heard<>();
        calls.listRooms(list, 0);
        calls.disconnected();
        calls.listMembers(KITCHEN, Member.Query.FIRST, members, 0);
        calls.failEverything(Refusal.CLOSED);
        assertThat(List.of(list.times, members.times)).containsOnly(1);
        assertThat(list.refusal).isEqualTo(Refusal.CLOSED);
    }

    @Test
    void pieces_around_what_was_found_that_touch_are_read_as_one() {
        assertThat(SearchCall.spans(List.of(100L, 95L, 89L, 2L)))
                .containsExactly(HistoryRange.from(93, 10), HistoryRange.from(87, 5), HistoryRange.from(1, 4));
    }
}

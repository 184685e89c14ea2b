package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientRequestsTest {

    private static final int PIECE = 1_000;
    private static final List<RoomSummary> ROOMS =
            Collections.nCopies(PIECE, new RoomSummary(RoomName.LOBBY, 1, 1, ""));
    private static final List<Member> MEMBERS =
            Collections.nCopies(PIECE, new Member(UserName.of("ada"), Role.MEMBER, Presence.HERE));

    private final ArrayDeque<ClientEvent> events = new ArrayDeque<>();
    private final ClientRequests requests = new ClientRequests(events);

    private void rooms(long ticket, boolean more) {
        requests.listed(new ServerMessage.Rooms(ticket, more, false, ROOMS), message -> {});
    }

    @Test
    void list_of_rooms_that_is_too_long_fails_its_request_alone() {
        requests.add(1, new ClientMessage.ListRooms(1, ""));
        requests.add(2, new ClientMessage.ListRooms(2, ""));
        for (int i = 0; i <= ClientRequests.MAX_ENTRIES / PIECE + 1; i++) {
            rooms(1, true);
        }
        assertTooLong("rooms");
        rooms(2, false);
        assertThat(events).singleElement().isInstanceOf(ClientEvent.RoomList.class);
        assertNothingHeld();
    }

    @Test
    void list_of_members_that_is_too_long_fails_its_request_alone() {
        requests.add(1, new ClientMessage.ListMembers(1, RoomName.LOBBY));
        for (int i = 0; i <= ClientRequests.MAX_ENTRIES / PIECE + 1; i++) {
            requests.listed(new ServerMessage.Members(1, true, 0, MEMBERS));
        }
        assertTooLong("members");
        assertThat(events).isEmpty();
        assertNothingHeld();
    }

    @Test
    void list_that_is_as_long_as_may_be_is_told() {
        requests.add(1, new ClientMessage.ListRooms(1, ""));
        for (int i = 1; i <= ClientRequests.MAX_ENTRIES / PIECE; i++) {
            rooms(1, i < ClientRequests.MAX_ENTRIES / PIECE);
        }
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ClientEvent.RoomList.class,
                        list -> assertThat(list.rooms()).hasSize(ClientRequests.MAX_ENTRIES));
    }

    private void assertTooLong(String what) {
        assertThat(events.poll()).isInstanceOfSatisfying(ClientEvent.Failed.class, failed -> {
            assertThat(failed.ticket()).isOne();
            assertThat(failed.refusal()).isEqualTo(Refusal.TOO_LARGE);
            assertThat(failed.sentence()).contains("more than 100,000 " + what);
        });
    }

    private void assertNothingHeld() {
        Map<String, Integer> held = new HashMap<>();
        requests.addHeld(held);
        assertThat(held.values()).containsOnly(0);
    }
}

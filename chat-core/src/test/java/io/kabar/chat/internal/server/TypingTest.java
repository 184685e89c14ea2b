package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypingTest {
    private static final int LARGEST = 256;

    private final EndpointRig rig = new EndpointRig();
    private final List<TestClient> members = new ArrayList<>();

    @Test
    void is_passed_on_in_rooms_of_a_size_and_not_beyond() {
        for (int i = 0; i < LARGEST; i++) {
            members.add(rig.client("member-" + i));
        }
        rig.settle();
        members.forEach(member -> member.join(RoomName.LOBBY, JoinHistory.NONE));
        rig.settle();
        assertThat(heardAfterTyping()).isEqualTo(LARGEST - 1);
        assertThat(heardAfterSignal()).isEqualTo(LARGEST - 1);
        TestClient other = rig.client("late");
        rig.clients.values().remove(other);
        other.from = EndpointRig.address(3, 1); // the others' address has as many sessions as it may
        rig.clients.put(other.from, other);
        rig.settle();
        other.join(RoomName.LOBBY, JoinHistory.NONE);
        rig.settle();
        assertThat(heardAfterTyping()).isZero();
        assertThat(heardAfterSignal()).isZero();
    }

    private long heardAfterSignal() {
        rig.pass(Duration.ofSeconds(4));
        members.get(0).endpoint.signal(RoomName.LOBBY, "x", new byte[1024], rig.now);
        rig.settle();
        return members.stream()
                .filter(member -> !member.of(ClientEvent.Signalled.class).isEmpty())
                .peek(member -> member.told.clear())
                .count();
    }

    private long heardAfterTyping() {
        members.forEach(member -> member.told.clear());
        rig.pass(Duration.ofSeconds(4));
        members.get(0).endpoint.typing(RoomName.LOBBY, rig.now);
        rig.settle();
        return members.stream()
                .filter(member -> !member.of(ClientEvent.Typing.class).isEmpty())
                .count();
    }
}

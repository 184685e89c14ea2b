package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of members that end before all are told. */
class CutListsTest {

    private final Scene scene = Scene.inLobby();

    private static String[] others(int count) {
        return IntStream.range(0, count).mapToObj(i -> "user" + i).toArray(String[]::new);
    }

    @Test
    void a_room_of_which_not_all_members_are_told_says_so() {
        scene.enter("big", 0, 1, others(Limits.MEMBERS_TOLD - 1));
        assertThat(scene.room("big").isRosterCut()).isTrue();
        assertThat(scene.texts(scene.room("big").transcript()))
                .anyMatch(line -> line.contains("4,095 or more others are here") && line.contains("/list"));
        scene.enter("whole", 0, 1, others(Limits.MEMBERS_TOLD - 2));
        assertThat(scene.room("whole").isRosterCut()).isFalse();
        assertThat(scene.texts(scene.room("whole").transcript())).noneMatch(line -> line.contains("or more"));
    }

    @Test
    void names_tells_how_many_there_are() {
        scene.client.rooms = List.of(new RoomSummary(RoomName.of("big"), 9000, 1, ""));
        scene.enter("big", 0, 1, others(Limits.MEMBERS_TOLD - 1));
        scene.client.members = scene.room("big").roster();
        scene.runner.run("/names big");
        assertThat(scene.printed.get(scene.printed.size() - 2)).startsWith("4,096 in #big: ada, user");
        assertThat(scene.printed).last().isEqualTo("These are 4,096 of 9,000 in #big.");
        scene.runner.run("/join big");
        scene.printed.clear();
        scene.runner.run("/names");
        assertThat(scene.printed).hasSize(2).last().isEqualTo("These are 4,096 of 9,000 in #big.");
    }

    @Test
    void names_does_not_wait_for_how_many_there_are_and_does_without() {
        CompletableFuture<List<RoomSummary>> late = new CompletableFuture<>();
        scene.client.late = late;
        scene.enter("big", 0, 1, others(Limits.MEMBERS_TOLD - 1));
        scene.runner.run("/join big");
        scene.printed.clear();
        scene.runner.run("/names");
        assertThat(scene.printed).singleElement().asString().startsWith("4,096 in #big: ada, user");
        late.completeExceptionally(new IllegalStateException("too many"));
        assertThat(scene.printed).hasSize(2).last().isEqualTo("These are 4,096, and perhaps others, in #big.");
    }

    @Test
    void room_of_exactly_as_many_as_are_told_is_told_whole() {
        scene.client.rooms = List.of(new RoomSummary(RoomName.of("big"), Limits.MEMBERS_TOLD, 1, ""));
        scene.enter("big", 0, 1, others(Limits.MEMBERS_TOLD - 1));
        scene.runner.run("/join big");
        scene.runner.run("/names");
        assertThat(scene.printed).last().isEqualTo("These are all 4,096 in #big.");
    }

    @Test
    void where_nobody_knows_how_many_there_are_that_is_said() {
        scene.client.members = IntStream.range(0, Limits.MEMBERS_TOLD)
                .mapToObj(i -> Scene.member("user" + i))
                .toList();
        scene.runner.run("/names hidden");
        assertThat(scene.printed).hasSize(2).last().isEqualTo("These are 4,096, and perhaps others, in #hidden.");
    }
}

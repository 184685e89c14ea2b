package io.kabar.storage.csv.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.storage.csv.room.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FolderNameTest {

    @TempDir
    Path rooms;

    static Stream<RoomName> names() {
        return Stream.of(
                RoomName.LOBBY,
                RoomName.of(".."),
                RoomName.of("."),
                RoomName.of("con"),
                RoomName.of("com1"),
                RoomName.of("a:b*c?\\|<>\"%2e~"),
                RoomName.of("ümläut"),
                RoomName.of("漢".repeat(64)),
                RoomName.direct(3, 17));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_room_is_found_again_by_its_folder(RoomName room) throws Exception {
        Path folder = RoomFolder.of(rooms, room).path();
        Files.createDirectories(folder);

        assertThat(Placement.of(rooms).rooms()).containsExactly(new RoomFolder(room, folder));
        assertThat(folder.normalize()).startsWith(rooms).isNotEqualTo(rooms);
        assertThat((Iterable<Path>) rooms.relativize(folder))
                .allSatisfy(part ->
                        assertThat(part.toString()).matches("[a-z0-9_%A-F-]+~?").hasSizeLessThan(256));
    }

    @Test
    void names_of_devices_are_not_used() {
        assertThat(FolderName.encode("con")).isEqualTo("%63on");
    }

    @Test
    void folders_that_are_no_rooms_are_left_alone() throws Exception {
        for (String other : List.of("Lobby", "a b", "%61", "%", "lost+found")) {
            Files.createDirectories(rooms.resolve(other));
        }

        assertThat(Placement.of(rooms).rooms()).isEmpty();
    }
}

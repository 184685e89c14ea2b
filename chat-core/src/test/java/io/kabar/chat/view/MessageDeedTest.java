package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.rules.Amendable;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import io.kabar.chat.view.commands.MessageDeed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a menu on a message greys, and why. */
class MessageDeedTest {

    private static List<MessageDeed> possible(RoomRole self, boolean own, boolean deleted, RoomRole author) {
        RoomSettings room = new RoomSettings(RoomModes.NONE, "", Standing.of(self));
        Amendable message = new Amendable(12, true, true, deleted, own, author, Scene.NOON);
        return Stream.of(MessageDeed.values())
                .filter(deed -> deed.against(room, message, Scene.NOON).isEmpty())
                .toList();
    }

    @Test
    void one_edits_and_deletes_what_is_ones_own_and_moderators_delete_what_lesser_ones_said() {
        assertThat(possible(RoomRole.GUEST, true, false, RoomRole.GUEST)).containsExactly(MessageDeed.values());
        assertThat(possible(RoomRole.GUEST, false, false, RoomRole.GUEST))
                .containsExactly(MessageDeed.REPLY, MessageDeed.REACT);
        assertThat(possible(RoomRole.MODERATOR, false, false, RoomRole.GUEST))
                .containsExactly(MessageDeed.REPLY, MessageDeed.DELETE, MessageDeed.REACT);
        assertThat(possible(RoomRole.MODERATOR, false, false, RoomRole.OWNER)).doesNotContain(MessageDeed.DELETE);
        assertThat(possible(RoomRole.OWNER, true, true, RoomRole.OWNER)).isEmpty();
    }

    @Test
    void the_reason_is_a_sentence() {
        Amendable theirs = new Amendable(12, true, true, false, false, RoomRole.GUEST, Scene.NOON);
        assertThat(MessageDeed.EDIT
                        .against(RoomSettings.NONE, theirs, Scene.NOON)
                        .map(Obstacle::sentence))
                .contains("#12 is somebody else's, and only who has said it can edit it.");
    }
}

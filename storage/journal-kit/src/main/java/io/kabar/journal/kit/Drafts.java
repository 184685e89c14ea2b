package io.kabar.journal.kit;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;

/** Events as a server proposes them: without a number. */
final class Drafts {

    static final UserName ADA = UserName.of("ada");
    static final UserName BOB = UserName.of("bob");
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456789Z");

    private Drafts() {}

    static ChatEvent said(RoomName room, String text) {
        return said(room, text, NOON);
    }

    static ChatEvent said(RoomName room, String text, Instant time) {
        return ChatEvent.of(room, 0, time, Author.of(ADA), new Content.Said(text, false));
    }

    static ChatEvent joined(RoomName room, UserName who) {
        return ChatEvent.of(room, 0, NOON, Author.of(who), new Content.Joined());
    }

    static ChatEvent left(RoomName room, UserName who) {
        return ChatEvent.of(room, 0, NOON, Author.of(who), new Content.Left(""));
    }

    static ChatEvent amendment(RoomName room, long target, Amendment what) {
        return new ChatEvent(room, 0, 0, NOON, Author.of(ADA), target, what);
    }

    static ChatEvent topic(RoomName room, String topic) {
        return ChatEvent.of(room, 0, NOON, Author.of(ADA), new Content.Topic(topic));
    }

    static ChatEvent value(RoomName room) {
        return ChatEvent.of(
                room, 0, NOON, Author.of(BOB), new ProgramContent.ValueSet("whose turn", Payload.text("bob's\n")));
    }
}

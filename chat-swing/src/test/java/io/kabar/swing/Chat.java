package io.kabar.swing;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.view.ChatModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A conversation of ada's that a test makes up as it goes. */
public final class Chat {

    public static final RoomName GENERAL = RoomName.of("general");
    public static final RoomName OPS = RoomName.of("ops");

    public final Clock clock = Clock.fixed(Instant.parse("2026-06-08T09:00:00Z"), ZoneOffset.UTC);
    public final ChatModel model = new ChatModel(UserName.of("ada"), clock);
    public final ScriptedClient client = new ScriptedClient();
    private final Map<RoomName, Long> heads = new HashMap<>();
    private Instant now = clock.instant();

    public Chat entered(RoomName room) {
        List<Member> members = Stream.of("ada", "mira", "ori")
                .map(name -> new Member(UserName.of(name), RoomRole.GUEST, Presence.HERE))
                .toList();
        model.onStateChanged(client, ConnectionState.LIVE);
        model.onRoomEntered(client, new RoomState(room, "The topic", members, 1, 0, 1, ""));
        return this;
    }

    /** In a room where {@code last} events have happened that are not shown. */
    public Chat entered(RoomName room, long last) {
        heads.put(room, last);
        model.onRoomEntered(
                client,
                new RoomState(
                        room,
                        "",
                        List.of(new Member(UserName.of("ada"), RoomRole.GUEST, Presence.HERE)),
                        1,
                        last,
                        last + 1,
                        "kept for 30 days"));
        return this;
    }

    /** Enters a room in which somebody has said something before. */
    public void replayed(RoomName room, String who, String text) {
        model.onRoomEntered(
                client,
                new RoomState(
                        room, "", List.of(new Member(UserName.of("ada"), RoomRole.GUEST, Presence.HERE)), 1, 1, 1, ""));
        model.onEvent(
                client,
                ChatEvent.of(room, 1, now, Author.of(UserName.of(who)), new Content.Said(text, false)),
                EventOrigin.HISTORY);
    }

    /** What is set for a room, or how ada stands there, becomes another. */
    public void set(RoomName room, RoomSettings settings) {
        client.settings.put(room, settings);
        member(room, "ada", settings.standing().role());
    }

    public void member(RoomName room, String who, RoomRole role) {
        model.onMemberChanged(client, room, new Member(UserName.of(who), role, Presence.HERE));
    }

    public void later(Duration time) {
        now = now.plus(time);
    }

    public long said(RoomName room, String who, String text) {
        ChatEvent event =
                ChatEvent.of(room, next(room), now, Author.of(UserName.of(who)), new Content.Said(text, false));
        client.said.add(0, event);
        model.onEvent(client, event, EventOrigin.LIVE);
        return event.sequence();
    }

    /** Something is said or done about an event, or about none if it is 0. */
    public long happens(RoomName room, Author who, long target, Content content) {
        long sequence = next(room);
        model.onEvent(client, new ChatEvent(room, 0, sequence, now, who, target, content), EventOrigin.LIVE);
        return sequence;
    }

    public void topic(RoomName room, String who, String text) {
        model.onEvent(
                client,
                ChatEvent.of(room, next(room), now, Author.of(UserName.of(who)), new Content.Topic(text)),
                EventOrigin.LIVE);
    }

    public void joined(RoomName room, String who) {
        model.onEvent(
                client,
                ChatEvent.of(room, next(room), now, Author.of(UserName.of(who)), new Content.Joined()),
                EventOrigin.LIVE);
    }

    public void left(RoomName room, String who) {
        model.onEvent(
                client,
                ChatEvent.of(room, next(room), now, Author.of(UserName.of(who)), new Content.Left("")),
                EventOrigin.LIVE);
    }

    private long next(RoomName room) {
        return heads.merge(room, 1L, Long::sum);
    }
}

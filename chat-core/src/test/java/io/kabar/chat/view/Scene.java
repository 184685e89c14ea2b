package io.kabar.chat.view;

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
import io.kabar.chat.view.commands.Consent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A model with a hand for everything that reaches it, and a memory of what it told. */
final class Scene implements ModelObserver, Frontend {

    static final UserName ADA = UserName.of("ada");
    static final RoomName LOBBY = RoomName.LOBBY;
    static final Instant NOON = Instant.parse("2026-06-08T12:00:00Z");

    Instant now = NOON;
    final ChatModel model = new ChatModel(ADA, () -> now);
    final FakeClient client = new FakeClient();
    final CommandRunner runner = new CommandRunner(model, client, Runnable::run, this);
    final List<String> changes = new ArrayList<>();
    final List<String> printed = new ArrayList<>();
    int quits;
    int clears;
    final List<String> questions = new ArrayList<>();
    final Deque<String> secrets = new ArrayDeque<>();
    /** What is answered to a question before what cannot be undone. */
    Consent consent = Consent.NOBODY_TO_ASK;

    Scene() {
        model.observe(this);
    }

    static Scene inLobby(String... others) {
        Scene scene = new Scene();
        scene.model.onStateChanged(scene.client, ConnectionState.LIVE);
        scene.enter("lobby", 0, 1, others);
        scene.changes.clear();
        scene.printed.clear();
        return scene;
    }

    RoomModel enter(String room, long last, long firstRestored, String... others) {
        List<Member> members = new ArrayList<>(List.of(member("ada")));
        Arrays.stream(others).map(Scene::member).forEach(members::add);
        RoomName name = RoomName.of(room);
        Optional<UserName> partner = name.isDirect() ? Optional.of(UserName.of(others[0])) : Optional.empty();
        model.onRoomEntered(
                client, new RoomState(name, "", members, 1, last, firstRestored, "", 0, 0, RoomSettings.NONE, partner));
        return room(room);
    }

    RoomModel room(String name) {
        return model.room(RoomName.of(name)).orElseThrow();
    }

    RoomModel lobby() {
        return room("lobby");
    }

    void said(long sequence, String from, String text) {
        saidIn("lobby", sequence, from, text);
    }

    void saidIn(String room, long sequence, String from, String text) {
        model.onEvent(
                client,
                ChatEvent.of(
                        RoomName.of(room), sequence, NOON, Author.of(UserName.of(from)), new Content.Said(text, false)),
                EventOrigin.LIVE);
    }

    void joined(long sequence, String who) {
        model.onEvent(
                client,
                ChatEvent.of(LOBBY, sequence, NOON, Author.of(UserName.of(who)), new Content.Joined()),
                EventOrigin.LIVE);
    }

    void left(long sequence, String who, String reason) {
        model.onEvent(
                client,
                ChatEvent.of(LOBBY, sequence, NOON, Author.of(UserName.of(who)), new Content.Left(reason)),
                EventOrigin.LIVE);
    }

    void topic(long sequence, String who, String topic) {
        model.onEvent(
                client,
                ChatEvent.of(LOBBY, sequence, NOON, Author.of(UserName.of(who)), new Content.Topic(topic)),
                EventOrigin.LIVE);
    }

    static Member member(String name) {
        return new Member(UserName.of(name), RoomRole.GUEST, Presence.HERE);
    }

    /** The newest line in front. */
    TranscriptLine last() {
        Transcript front = model.transcript();
        return front.line(front.size() - 1);
    }

    TranscriptLine.Said lastSaid() {
        return (TranscriptLine.Said) last();
    }

    List<String> texts(Transcript transcript) {
        return transcript.lines().stream().map(TranscriptLine::text).toList();
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        changes.add(change + (room == null ? "" : " " + room));
    }

    @Override
    public void onLine(Transcript transcript, TranscriptLine line) {
        printed.add(line instanceof TranscriptLine.Comings run ? run.latest() : line.text());
    }

    @Override
    public void quit() {
        quits++;
    }

    @Override
    public CompletableFuture<Optional<String>> secret(String question) {
        questions.add(question);
        return CompletableFuture.completedFuture(Optional.ofNullable(secrets.poll()));
    }

    @Override
    public CompletableFuture<Consent> confirm(String question) {
        questions.add(question);
        return CompletableFuture.completedFuture(consent);
    }

    @Override
    public void cleared() {
        clears++;
    }
}

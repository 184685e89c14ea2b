package io.kabar.chat.internal.participant;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.LogPosition;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.NewestCalls;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Tells the listener what happens in rooms, and remembers what it has been told: how far, and what is set there. */
final class RoomsTold<P extends Participant> {

    /** Events of a room after which the server hears that they were taken. */
    private static final int CONSUMED_STEP = 64;

    private final Callbacks callbacks;
    private final ParticipantListener<P> listener;
    private final Supplier<P> self;
    private final BiConsumer<RoomName, Long> consumed;
    private final Map<RoomName, LogPosition> seen = new ConcurrentHashMap<>();
    private final KnownSettings settings = new KnownSettings();
    private final KnownValues values = new KnownValues();
    private final NewestCalls<SignalKind, byte[]> signals;

    /** A signal's kind: of one person, in one room, under one key. */
    private record SignalKind(RoomName room, UserName from, String key) {}

    /**
     * Nothing is told yet.
     *
     * @param consumed hears, now and then, which event of a room was taken
     */
    RoomsTold(
            Callbacks callbacks,
            ParticipantListener<P> listener,
            Supplier<P> self,
            BiConsumer<RoomName, Long> consumed) {
        this.callbacks = callbacks;
        this.listener = listener;
        this.self = self;
        this.consumed = consumed;
        signals = new NewestCalls<>(call -> {
            callbacks.execute(call);
            return true;
        });
    }

    /** The newest event of a room that the listener has taken. */
    LogPosition seen(RoomName room) {
        return seen.getOrDefault(room, LogPosition.NONE);
    }

    /** What is set for rooms, as of what the listener was told. */
    KnownSettings settings() {
        return settings;
    }

    /** The values of rooms, as of what the listener was told. */
    KnownValues values() {
        return values;
    }

    /** Tells of an event of a room, or of a person in it; false if it is something else. */
    boolean takes(ClientEvent event) {
        if (event instanceof ClientEvent.Event e) {
            callbacks.execute(() -> happened(e));
        } else if (event instanceof ClientEvent.Entered e) {
            callbacks.execute(() -> {
                settings.entered(e.room());
                values.entered(e.room());
            });
            tell((l, from) -> l.onRoomEntered(from, e.room()));
        } else if (event instanceof ClientEvent.LeftRoom e) {
            callbacks.execute(() -> {
                settings.left(e.room());
                values.left(e.room());
            });
            tell((l, from) -> l.onRoomLeft(from, e.room(), e.reason()));
        } else if (event instanceof ClientEvent.HistoryChanged e) {
            callbacks.execute(() -> seen.remove(e.room()));
            tell((l, from) -> l.onHistoryChanged(from, e.room(), e.from()));
        } else if (event instanceof ClientEvent.HistoryGone e) {
            tell((l, from) -> l.onHistoryGone(from, e.room(), e.from(), e.to()));
        } else if (event instanceof ClientEvent.DirectWaiting e) {
            tell((l, from) -> l.onDirectMessage(from, e.room(), Optional.ofNullable(e.partner()), e.sequence()));
        } else if (event instanceof ClientEvent.MemberChanged e) {
            callbacks.execute(
                    () -> settings.changed(e.room(), e.member(), self.get().name()));
            tell((l, from) -> l.onMemberChanged(from, e.room(), e.member()));
        } else if (event instanceof ClientEvent.Counted e) {
            tell((l, from) -> l.onMemberCount(from, e.room(), e.inside()));
        } else if (event instanceof ClientEvent.ReadElsewhere e) {
            tell((l, from) -> l.onReadElsewhere(from, e.room(), e.upTo()));
        } else if (event instanceof ClientEvent.Typing e) {
            tell((l, from) -> l.onTyping(from, e.room(), e.from()));
        } else if (event instanceof ClientEvent.Signalled e) {
            signals.tell(
                    new SignalKind(e.room(), e.from(), e.key()),
                    e.bytes(),
                    bytes -> listener.onSignal(self.get(), e.room(), e.from(), e.key(), bytes));
        } else if (event instanceof ClientEvent.Notice e) {
            tell((l, from) -> l.onNotice(from, e.sentence()));
        } else {
            return false;
        }
        return true;
    }

    private void tell(BiConsumer<ParticipantListener<P>, P> call) {
        callbacks.execute(() -> call.accept(listener, self.get()));
    }

    private void happened(ClientEvent.Event told) {
        ChatEvent event = told.event();
        LogPosition newest = event.position();
        settings.happened(event, self.get().name());
        boolean changesValue = values.happened(event);
        try {
            listener.onEvent(self.get(), event, told.replayed() ? EventOrigin.HISTORY : EventOrigin.LIVE);
            if (changesValue) {
                String key = ((ProgramContent.ValueSet) event.content()).key();
                RoomValue value = values.of(event.room()).get(key);
                listener.onValueChanged(self.get(), event.room(), key, Optional.ofNullable(value));
            }
        } finally {
            seen.merge(event.room(), newest, (before, next) -> before.sequence() > next.sequence() ? before : next);
            if (event.sequence() % CONSUMED_STEP == 0) {
                consumed.accept(event.room(), event.sequence());
            }
        }
    }
}

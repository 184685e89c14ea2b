package io.kabar.chat.view;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.view.words.VisibleText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one user sees: the status, the rooms they are in, and what was said there. Give it to a client as its listener,
 * {@linkplain #observe observe} it, and draw.
 *
 * <p>Everything here, reading included, belongs to the one thread or executor that the client's callbacks come on
 * (Swing's event thread, or a terminal's); there are no locks. {@link CommandRunner} is how a user acts on it.
 */
public final class ChatModel implements ChatClientListener {

    private UserName self;
    private final InstantSource clock;
    private final Observers observers = new Observers();
    private final Transcript console = new Transcript(null, observers, Transcript.MAX_LINES);
    private final Map<RoomName, RoomModel> rooms = new LinkedHashMap<>();
    private final WaitingConversations waiting = new WaitingConversations();
    private final StartingPlaces places = new StartingPlaces(waiting);
    private final AwaitedEntries awaited = new AwaitedEntries();
    private final OwnWords ownWords = new OwnWords(this, observers);

    /** By key: whoever is hidden is hidden in every spelling. */
    private final Map<String, UserName> ignored = new LinkedHashMap<>();

    private ConnectionState connection = ConnectionState.CONNECTING;
    private @Nullable CloseReason closed;
    private @Nullable RoomModel current;
    private boolean watching = true;
    private boolean showsAllRooms;

    /** A model of the user {@code self}, who is in no room yet; {@code clock} dates what happens on this side. */
    public ChatModel(UserName self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    /** Who this is. */
    public UserName self() {
        return self;
    }

    /** From now on tells {@code observer} of every change. */
    public void observe(ModelObserver observer) {
        observers.add(observer);
    }

    /** Tells {@code observer} no more. */
    public void unobserve(ModelObserver observer) {
        observers.remove(observer);
    }

    /** How this user stands with the server. */
    public Status status() {
        long behind = rooms.values().stream().mapToLong(RoomModel::behind).sum();
        return new Status(connection, behind, ownWords.queued());
    }

    /** Why the connection came to its end, once it has. */
    public Optional<CloseReason> closed() {
        return Optional.ofNullable(closed);
    }

    /** The rooms this user is in, in the order they were entered. */
    public List<RoomModel> rooms() {
        return List.copyOf(rooms.values());
    }

    /** One of the rooms. */
    public Optional<RoomModel> room(RoomName name) {
        return Optional.ofNullable(rooms.get(name));
    }

    /**
     * Direct conversations that others have begun or gone on with, and that this user has not opened; {@link
     * CommandRunner#open(RoomName)} does. At most 64: people this user has talked with before, then strangers.
     */
    public List<WaitingConversation> waiting() {
        return waiting.all();
    }

    /** What to call a room: {@code #lobby}, or the name of the other side of a direct conversation. */
    public String title(RoomName name) {
        return room(name)
                .map(RoomModel::title)
                .or(() -> waiting.find(name).map(waits -> waits.with().text()))
                .or(() -> name.person().map(UserName::text))
                .orElseGet(name::toString);
    }

    /**
     * The room a person means by this name: one called so, or else one whose name is found by the same key, or the
     * conversation with somebody of this name.
     */
    Optional<RoomModel> meant(RoomName typed) {
        return room(typed)
                .or(() -> typed.person().flatMap(this::talkWith))
                .or(() -> rooms.values().stream()
                        .filter(room -> room.name().key().equals(typed.key()))
                        .findFirst());
    }

    private Optional<RoomModel> talkWith(UserName who) {
        return rooms.values().stream()
                .filter(room ->
                        room.partner().filter(is -> is.key().equals(who.key())).isPresent())
                .findFirst();
    }

    /** By what name a room is to be entered: a conversation that waits has one of its own. */
    RoomName toEnter(RoomName asked) {
        return asked.person()
                .flatMap(waiting::with)
                .map(WaitingConversation::room)
                .orElse(asked);
    }

    /** A room that was asked for is entered, and called otherwise. */
    void entered(RoomName asked, RoomName called) {
        if (awaited.move(asked, called) && rooms.containsKey(called)) {
            select(called);
            awaited.settle(called);
        }
    }

    /** The room that is in front. */
    public Optional<RoomModel> current() {
        return Optional.ofNullable(current);
    }

    /** What to show: the current room's transcript, or that of no room. */
    public Transcript transcript() {
        return current == null ? console : current.transcript();
    }

    /** Brings a room to the front, which reads it; does nothing if this user is not in it. */
    public void select(RoomName name) {
        RoomModel room = rooms.get(name);
        if (room != null) {
            current = room;
            if (watching) {
                room.markRead();
            }
            observers.onChanged(Change.ROOMS, name);
        }
    }

    /** Whether the user is looking; while they are not, the current room gathers unread messages too. */
    public void setWatching(boolean looking) {
        watching = looking;
        if (looking && current != null && current.markRead()) {
            observers.onChanged(Change.ROOMS, current.name());
        }
    }

    /** Whether what is said in a room is before the user's eyes. */
    boolean looksAt(RoomModel room) {
        return showsAllRooms || (watching && room == current);
    }

    /** From now on what is said in any room is before the user's eyes, as where the lines of all rooms are printed. */
    public void showAllRooms() {
        showsAllRooms = true;
    }

    /** Rooms that are entered from now on keep so many lines, in place of {@link Transcript#MAX_LINES}. */
    public void keepLines(int most) {
        places.keepLines(most);
    }

    /** From now on rooms continue where {@code leftAt} knows that this user left them. */
    public void remember(Function<RoomName, Optional<ReadMarker>> leftAt) {
        places.remember(leftAt);
    }

    /** Where this user left a room they are not in, if that is known. */
    public Optional<ReadMarker> leftAt(RoomName room) {
        return places.leftAt(room);
    }

    /**
     * What to restore of a room when nobody says otherwise: a page that the user continues in, if they were there
     * before, else the newest 50 messages. Never all that has happened meanwhile, however much it is. Of a conversation
     * that waits to be opened all that waits, and up to a page that was said before while the user was away.
     */
    public JoinHistory usualHistory(RoomName room) {
        return places.usual(room);
    }

    /**
     * The same start in a room, with what its user has read there from earlier; to be joined with, so that the server
     * tells if its history is not the one that was read.
     */
    public JoinHistory having(RoomName room, JoinHistory history) {
        return places.having(room, history);
    }

    /** Whose messages are not shown. */
    public Set<UserName> ignored() {
        return Set.copyOf(ignored.values());
    }

    /** Whether nothing is shown of what {@code who} says. */
    boolean ignores(UserName who) {
        return !ignored.isEmpty() && ignored.containsKey(who.key());
    }

    /** From now on shows nothing {@code who} says. */
    public void ignore(UserName who) {
        ignored.put(who.key(), who);
        if (waiting.with(who).filter(its -> waiting.remove(its.room())).isPresent()) {
            observers.onChanged(Change.ROOMS, null);
        }
    }

    /** Shows again what {@code who} says from now on. */
    public void unignore(UserName who) {
        ignored.remove(who.key());
    }

    /** Adds a line of the client's own where the user is looking. */
    public void notice(TranscriptLine.Notice.Kind kind, String text) {
        transcript().notice(now(), kind, text);
    }

    Instant now() {
        return clock.instant();
    }

    /** What this user has said and the server has not answered yet. */
    OwnWords ownWords() {
        return ownWords;
    }

    /** Rooms to bring to the front as soon as they are entered. */
    AwaitedEntries awaited() {
        return awaited;
    }

    @Override
    public void onStateChanged(ChatClient client, ConnectionState state) {
        connection = state;
        observers.onChanged(Change.STATUS, null);
    }

    @Override
    public void onRenamed(ChatClient client, UserName name) {
        self = name;
        rooms.values().forEach(room -> room.renamed(name));
        observers.onChanged(Change.ROOMS, null);
    }

    @Override
    public void onRoomEntered(ChatClient client, RoomState found) {
        RoomModel known = rooms.get(found.name());
        if (known == null) {
            RoomModel room = places.begin(found, self, observers, now());
            rooms.put(found.name(), room);
            current = current == null ? room : current;
            room.arrived(now());
        } else {
            // Signed in anew: to the user nothing has happened, the missing events follow.
            known.entered(found);
        }
        observers.onChanged(Change.ROOMS, found.name());
        observers.onChanged(Change.ROSTER, found.name());
        observers.onChanged(Change.STATUS, null);
        if (awaited.contains(found.name())) {
            select(found.name());
            awaited.settle(found.name());
        }
    }

    @Override
    public void onDirectMessage(ChatClient client, RoomName conversation, Optional<UserName> partner, long sequence) {
        UserName with = partner.orElse(WaitingConversation.SOMEBODY);
        if (rooms.containsKey(conversation) || ignores(with)) {
            return;
        }
        boolean stranger = leftAt(conversation).isEmpty();
        switch (waiting.add(new WaitingConversation(conversation, with, sequence), stranger)) {
            case LISTED -> {
                notice(TranscriptLine.Notice.Kind.INFO, Wording.waiting(with));
                observers.onChanged(Change.ROOMS, conversation);
            }
            case FIRST_WITHOUT_PLACE -> notice(TranscriptLine.Notice.Kind.INFO, Wording.MORE_WAITING);
            case KNOWN, WITHOUT_PLACE -> {} // they have been told of it
        }
    }

    @Override
    public void onRoomLeft(ChatClient client, RoomName name, String reason) {
        RoomModel room = rooms.remove(name);
        if (room == null) {
            return;
        }
        if (room == current) {
            // What somebody who is put out is typing must not go to another room.
            current = reason.isEmpty() ? rooms.values().stream().findFirst().orElse(null) : null;
            if (current != null && watching) {
                current.markRead();
            }
        }
        observers.onChanged(Change.ROOMS, name);
        observers.onChanged(Change.STATUS, null);
        notice(TranscriptLine.Notice.Kind.INFO, Wording.left(room.title(), VisibleText.onOneLine(reason)));
    }

    @Override
    public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
        RoomModel room = rooms.get(event.room());
        if (room == null) {
            return;
        }
        long behind = room.behind();
        int unread = room.unread();
        if (!room.apply(event, now(), ignores(event.from()), looksAt(room))) {
            return;
        }
        room.arrived(now());
        if (!event.isMessage()) {
            client.settings(room.name()).ifPresent(room.voice()::set);
            observers.onChanged(Change.ROSTER, room.name());
        }
        if (room.unread() != unread) {
            observers.onChanged(Change.ROOMS, room.name());
        }
        if (behind != room.behind()) {
            observers.onChanged(Change.STATUS, null);
        }
    }

    @Override
    public void onHistoryChanged(ChatClient client, RoomName name, long from) {
        RoomModel room = rooms.get(name);
        if (room == null) {
            places.changed(name, from); // it was read another day
        } else {
            room.historyChanged(now(), from);
        }
    }

    @Override
    public void onHistoryGone(ChatClient client, RoomName name, long from, long to) {
        RoomModel room = rooms.get(name);
        if (room != null) {
            room.gone(now(), from, to);
            room.arrived(now());
            observers.onChanged(Change.STATUS, null);
        }
    }

    @Override
    public void onMemberChanged(ChatClient client, RoomName name, Member member) {
        room(name).ifPresent(room -> {
            room.people().changed(member);
            client.settings(name).ifPresent(room.voice()::set);
            observers.onChanged(Change.ROSTER, name);
        });
    }

    @Override
    public void onMemberCount(ChatClient client, RoomName name, int inside) {
        room(name).ifPresent(room -> room.people().counted(inside));
        observers.onChanged(Change.ROSTER, name);
    }

    @Override
    public void onReadElsewhere(ChatClient client, RoomName name, long sequence) {
        if (room(name).filter(room -> room.readElsewhere(sequence)).isPresent()) {
            observers.onChanged(Change.ROOMS, name);
        }
    }

    @Override
    public void onTyping(ChatClient client, RoomName name, UserName from) {
        RoomModel room = rooms.get(name);
        if (room != null && !ignores(from)) {
            room.typing(from, now());
            observers.onChanged(Change.ROSTER, name);
        }
    }

    @Override
    public void onNotice(ChatClient client, String sentence) {
        notice(TranscriptLine.Notice.Kind.INFO, sentence);
    }

    @Override
    public void onRoamed(ChatClient client) {
        notice(TranscriptLine.Notice.Kind.INFO, Wording.ROAMED);
    }

    @Override
    public void onClosed(ChatClient client, CloseReason reason, String sentence) {
        closed = reason;
        onStateChanged(client, ConnectionState.SIGNED_OUT);
        awaited.settleAll();
        notice(TranscriptLine.Notice.Kind.INFO, Wording.closed(reason, sentence));
    }
}

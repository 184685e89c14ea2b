package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.ReadMarks;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Journal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room with the sessions that are in it, on their way in, or waiting for an answer of the journal: here they enter,
 * speak and leave, and here is what the journal's answers mean for them. What the log says is {@link Room}'s.
 */
public final class LiveRoom {
    private final LiveRooms rooms;
    private final Room room;
    /** How far the two have read, in a conversation of two; null in other rooms. */
    private final @Nullable ReadMarks marks;

    private final Set<Occupant> present = new LinkedHashSet<>();
    private final Entering entering;
    private final Leaving leaving;
    private final RoomOrder order;
    private final Amending amending;
    private final Speech speech;
    private final ServerSpeech ofServer;
    private final MemberNews news;
    private final Quiet quiet;
    private final RoomSignals signals;

    LiveRoom(LiveRooms rooms, Room room, @Nullable ReadMarks marks) {
        this.rooms = rooms;
        this.room = room;
        this.marks = marks;
        news = new MemberNews(this, rooms.loop());
        entering = new Entering(this, rooms);
        leaving = new Leaving(this, rooms);
        quiet = new Quiet(this, rooms);
        order = new RoomOrder(this, rooms);
        amending = new Amending(this, rooms);
        speech = new Speech(this, rooms);
        ofServer = new ServerSpeech(this, rooms);
        signals = new RoomSignals(this, rooms);
    }

    public Room room() {
        return room;
    }

    @Nullable
    public ReadMarks marks() {
        return marks;
    }

    /** The sessions that read here, in the order in which they were let in. */
    public Collection<Occupant> present() {
        return Collections.unmodifiableSet(present);
    }

    /** Who may do what here. */
    public RoomOrder order() {
        return order;
    }

    /** What is done to what was said before. */
    Amending amending() {
        return amending;
    }

    /** Whether it is told who comes and goes. */
    Quiet quiet() {
        return quiet;
    }

    /** Whether it is quiet by its log. */
    boolean isQuiet() {
        return room.fold().rules().modes().is(RoomMode.QUIET);
    }

    /** Whether who enters and leaves now is an event, with everything that is on its way. */
    boolean announces() {
        return !room.name().isDirect() && !order.rules().modes().is(RoomMode.QUIET);
    }

    /** What its members are told that is no event. */
    MemberNews news() {
        return news;
    }

    /** What programs signal to each other. */
    RoomSignals signals() {
        return signals;
    }

    /** How many sessions wait for their user's join to be committed. */
    int joining() {
        return entering.joining();
    }

    /** How many messages are on their way to the journal. */
    int proposed() {
        return speech.proposed() + ofServer.proposed();
    }

    /** Whether no session is here or on its way in, and nothing that was said on its way to the journal. */
    boolean isDeserted() {
        return present.isEmpty() && entering.joining() == 0 && proposed() == 0;
    }

    void propose(Author author, Content content) {
        Journal.Proposal proposal = rooms.journal().draft(room.name(), author, content);
        propose(new ProposedEvent(this, proposal, null));
    }

    /** Something goes on its way to the journal, and counts as done for what comes behind it. */
    void propose(ProposedEvent proposal) {
        ChatEvent draft = proposal.proposal().draft();
        order.proposed(draft);
        amending.proposed(draft);
        rooms.journal().propose(proposal);
        proposal.putsOut(order.putOut(draft));
    }

    // Entering

    /** A session wants to enter: it does once the room is loaded, and its user's join is in the log. */
    void enter(Occupant occupant) {
        rooms.talks(occupant, true);
        entering.enter(occupant);
    }

    /** Does something once the room is loaded, or something else if it cannot be for now. */
    void loadFor(Object who, Runnable action, Runnable otherwise) {
        if (!room.isLoaded() && room.awaited() == 0) {
            rooms.journal().load(room);
        }
        room.whenLoaded(who, () -> describe(action), otherwise);
    }

    /** Reads what the room is for, if that is not known, before anybody is told; it need not be a new event. */
    private void describe(Runnable action) {
        if (!room.lacksDescription()) {
            action.run();
            return;
        }
        rooms.journal()
                .readEvent(
                        room,
                        room.fold().description(),
                        event -> {
                            room.describedBy(event);
                            action.run();
                        },
                        action); // if it fails, whoever comes next may have more luck
    }

    /** Lets a session in, whose user is in the room. */
    void letIn(Occupant occupant, long live) {
        occupant.admitted();
        admit(occupant, live);
    }

    /**
     * Tells a session that is in the room, or about to be, how the room is, as soon as it has heard what it was told
     * before: from event {@code live} on, everything happens after it entered.
     */
    void admit(Occupant occupant, long live) {
        occupant.session().controlQueue().list(new Entrance(rooms, occupant, live));
    }

    /**
     * Where a session begins to read.
     *
     * @param from the first event that is sent
     * @param live the first that happened after it was let in
     * @param readable the first that it may read
     * @param hasAllBefore whether it has what is before the first
     */
    record Start(long from, long live, long readable, boolean hasAllBefore) {}

    /** How sessions leave, and are put out. */
    Leaving leaving() {
        return leaving;
    }

    /** A stay is over: whoever waits to be let in does not any more. */
    void ended(Occupant occupant) {
        present.remove(occupant);
        entering.giveUp(occupant);
    }

    /** A session has been told of the room: it reads, and what it has said already is said. */
    void begin(Occupant occupant, Start start) {
        long from = start.from();
        Cursor cursor = rooms.journal()
                .open(
                        room,
                        room.roomId(),
                        from,
                        from - 1 + occupant.credit(),
                        occupant.session().connection(),
                        occupant.session()::broke);
        cursor.readsNothingBefore(start.readable());
        occupant.present(cursor, from, start.live(), start.hasAllBefore() ? 1 : from);
        present.add(occupant);
        room.add(cursor);
        occupant.words().hearEarly();
    }

    /** An occupant says something: it is refused, or proposed to the journal. */
    void say(Occupant occupant, ClientMessage.Say message) {
        speech.say(occupant, message);
    }

    /** Whether an occupant may say nothing here, and so is not shown writing either. */
    boolean isSilenced(Occupant occupant) {
        return speech.isSilenced(occupant);
    }

    /** The server writes down what somebody has done: the room is that of the staff. */
    void writeStaffLine(Author by, StaffAction action) {
        loadFor(this, () -> propose(by, action), () -> staffLineLost(rooms.loop(), by, action));
    }

    /** It cannot be stored, and so whoever runs the server is told. */
    static void staffLineLost(ServerLoop loop, Author by, StaffAction action) {
        loop.tell(new ServerEvent.Warning("This line of the staff's log is lost: " + by + " " + action.text() + "."));
    }

    /** The server itself says something, or sets the topic, as its host program wants. */
    void sayAsServer(long callId, long ref, Content content) {
        loadFor(this, () -> ofServer.say(callId, ref, content), () -> ofServer.notLoaded(callId));
    }

    // Reading

    /** The newest event that an account has read, on whichever device, in the log as it is; 0 if that is not known. */
    long readUpTo(long account) {
        LogPosition read = rooms.users().markers().find(account, room.name());
        long differs = Entrance.differsFrom(read, room.log());
        return Math.min(differs == 0 ? read.sequence() : differs - 1, room.log().last());
    }

    /** A session has read up to here: its user's others hear of it. */
    void read(Occupant reader, long upTo) {
        long seq = Math.min(upTo, room.log().last());
        LogPosition place = new LogPosition(room.log().epochs().of(seq), seq);
        long account = reader.account();
        if (!rooms.users().markers().read(account, room.name(), place, readUpTo(account))) {
            return;
        }
        if (marks != null) {
            marks.read(account, seq);
        }
        for (Occupant other : present) {
            if (other != reader && other.account() == account) {
                other.session().serve(() -> other.rooms().readElsewhere(other));
            }
        }
    }

    // What the journal answers

    /** The log has a new event: tells those who waited for it. */
    void committed(ChatEvent event, boolean wasQuiet) {
        quiet.committed(event, wasQuiet);
        if (event.isJoined()) {
            joined(event.from(), event.sequence());
        } else if (event.isLeft()) {
            leaving.left(event.from(), event.text());
            rooms.releaseIfEmpty(this);
        } else if (event.content().kind() == Content.ROLE_GIVEN) {
            long account = ((RoomChange.RoleGiven) event.content()).whom().account();
            User user = announces() ? null : rooms.users().of(account);
            room.roleGiven(account, user == null ? null : user.name(), this::everywhere)
                    .forEach(news::tellAll);
        }
    }

    private RoomRole everywhere(UserName name) {
        return present.stream()
                .filter(occupant -> occupant.session().name().equals(name))
                .findFirst()
                .map(occupant -> occupant.session().user().everywhere())
                .orElse(RoomRole.GUEST);
    }

    /** A join is committed: those who waited for it are let in, unless another join of theirs is on its way. */
    private void joined(UserName name, long sequence) {
        if (!room.announces() || !room.roster().isPresent(name)) {
            return;
        }
        Member member = room.roster().member(name);
        if (member != null && member.role() != RoomRole.GUEST) {
            news.tellAll(name); // the event does not tell the role
        }
        entering.joined(name, sequence);
    }

    /** The journal has answered a proposal. */
    void answered(ProposedEvent proposal) {
        speech.answered(proposal);
    }

    /** What was on its way is in the log, or never will be. */
    void isNotAhead(ChatEvent draft) {
        order.answered(draft);
        amending.answered(draft);
    }

    /** The journal could not store an event. */
    void notStored(ChatEvent draft, Refusal refusal) {
        quiet.notStored(draft);
        if (draft.isJoined() && quiet.joinsLater(draft.from())) {
            return;
        }
        if (draft.isJoined()) {
            entering.notStored(draft.from(), refusal);
            // If a leave before it was refused as well, the log still has the user in the room.
            leaving.giveUpLater(draft.author(), "");
        } else if (draft.isLeft() && room.roster().leaveRefused(draft.from())) {
            leaving.giveUpLater(draft.author(), draft.text());
        } else if (draft.content() instanceof StaffAction action) {
            staffLineLost(rooms.loop(), draft.author(), action);
        }
        rooms.releaseIfEmpty(this); // whoever has said something may have left before the answer came
    }
}

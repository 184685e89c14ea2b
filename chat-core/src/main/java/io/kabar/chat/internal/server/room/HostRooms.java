package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.journal.PageTaker;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.Roster;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.spi.Journal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the host program does in rooms. Each call is answered by an event of its id. */
public final class HostRooms {

    private final ServerLoop loop;
    private final LiveRooms liveRooms;
    private final Targets targets;

    HostRooms(ServerLoop loop, LiveRooms liveRooms, Targets targets) {
        this.loop = loop;
        this.liveRooms = liveRooms;
        this.targets = targets;
    }

    private void answer(long callId, @Nullable Object value) {
        loop.tell(new ServerEvent.HostAnswer(callId, value));
    }

    private void refuse(long callId, Refusal refusal, String sentence) {
        loop.tell(new ServerEvent.HostRefusal(callId, refusal, sentence));
    }

    private @Nullable LiveRoom find(RoomName name) {
        Room room = liveRooms.find(name);
        return room == null ? null : liveRooms.of(room);
    }

    /** The rooms in which something has happened. */
    public void list(long callId) {
        answer(callId, liveRooms.listedBehind("").stream().map(Room::summary).toList());
    }

    /** Who is in a room. */
    public void members(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        List<Member> members = room == null ? List.of() : room.roster().members();
        answer(callId, List.copyOf(members));
    }

    /** Some of those who are in a room. */
    public void members(long callId, RoomName name, Member.Query query) {
        Room room = liveRooms.find(name);
        if (room == null) {
            answer(callId, new Member.Page(name, List.of(), 0, false));
            return;
        }
        String behind = query.behind().map(UserName::text).orElse("");
        Roster.Page page = room.roster().page(query.beginning(), behind, query.count());
        answer(callId, new Member.Page(name, page.members(), room.roster().size(), page.rest()));
    }

    /** The topic of a room; empty if there is none. */
    public void topic(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        answer(callId, room == null ? "" : room.topic());
    }

    /** What is set for a room. */
    public void modes(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        answer(callId, room == null ? RoomModes.NONE : room.fold().rules().modes());
    }

    /** The values of a room, by their keys. */
    public void values(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        List<ChatEvent> events = room == null ? List.of() : room.fold().values().events();
        answer(
                callId,
                events.stream()
                        .map(RoomValue::of)
                        .collect(Collectors.toUnmodifiableMap(RoomValue::key, Function.identity())));
    }

    /** The description of a room; empty if there is none. */
    public void description(long callId, RoomName name) {
        LiveRoom liveRoom = find(name);
        if (liveRoom == null) {
            answer(callId, "");
        } else {
            liveRoom.loadFor(
                    liveRoom,
                    () -> answer(callId, liveRoom.room().description()),
                    () -> refuse(callId, Refusal.STORAGE, Refusal.STORAGE.sentence()));
        }
    }

    /** Who is banned from a room or muted there. */
    public void sanctions(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        answer(callId, room == null ? List.of() : room.fold().rules().sanctions(loop.time()));
    }

    /** The newest events of a room, at most a page of them. */
    public void newest(long callId, RoomName name, int count) {
        Room room = liveRooms.find(name);
        long last = room == null ? 0 : room.log().last();
        events(callId, name, last - Math.min(count, JournalRequests.PAGE_EVENTS) + 1, count);
    }

    /** So many events of a room, at most a page, from this number on; or from the first that is kept. */
    public void events(long callId, RoomName name, long from, int count) {
        Room room = liveRooms.find(name);
        long first = room == null ? 0 : Math.max(from, room.log().firstKept());
        if (room == null || first > room.log().last()) {
            answer(callId, List.of());
            return;
        }
        liveRooms.journal().readPage(room, first, new PageTaker() {
            @Override
            public void took(List<Journal.Entry> page) {
                answer(
                        callId,
                        page.stream().limit(count).map(Journal.Entry::event).toList());
            }

            @Override
            public void failed() {
                refuse(callId, Refusal.STORAGE, "The room's log cannot be read at the moment.");
            }
        });
    }

    /** The server itself says something, sets the topic, or changes who may do what. */
    public void say(long callId, RoomName asked, Content content) {
        say(callId, asked, 0, content);
    }

    /** The same of an event before: it answers it, or does something to it. */
    public void say(long callId, RoomName asked, long ref, Content content) {
        write(callId, asked, ref, content instanceof RoomChange.OfSomebody change ? Meant.byName(change) : content);
    }

    /** Changes who may do what, of somebody whose account is certain: nobody is looked up. */
    public void change(long callId, RoomName room, RoomChange.OfSomebody change) {
        write(callId, room, 0, change);
    }

    private void write(long callId, RoomName asked, long ref, Content content) {
        LiveRoom liveRoom;
        try {
            Author self = liveRooms.settings().host().author();
            liveRoom = liveRooms.findOrMake(targets.find(asked.text(), self));
        } catch (ChatException e) {
            refuse(callId, e.refusal(), String.valueOf(e.getMessage()));
            return;
        }
        if (liveRoom == null) {
            refuse(callId, Refusal.BUSY, "There are as many rooms as the server may have.");
        } else {
            liveRoom.sayAsServer(callId, ref, content);
        }
    }

    /** Everybody who is in a room now hears a word that is not in its log. */
    public void announce(long callId, RoomName name, String sentence) {
        LiveRoom liveRoom = find(name);
        if (liveRoom != null) {
            for (Occupant occupant : liveRoom.present()) {
                occupant.session().serve(() -> occupant.session().say(new ServerMessage.Notice(sentence)));
            }
        }
        answer(callId, null);
    }

    /** Everybody who is in a room now hears a signal of the server's, if all goes well. */
    public void signal(long callId, RoomName name, String key, byte[] bytes) {
        LiveRoom liveRoom = find(name);
        if (liveRoom != null) {
            UserName self = liveRooms.settings().host().name();
            liveRoom.signals().say(self, new ProgramSignal(self, key, bytes));
        }
        answer(callId, null);
    }

    /** The rooms that a session is in. */
    public static List<RoomName> of(ServerSession session) {
        SessionRooms rooms = SessionRooms.of(session);
        return rooms == null
                ? List.of()
                : rooms.occupants().stream()
                        .filter(Occupant::isPresent)
                        .map(occupant -> occupant.room().name())
                        .toList();
    }
}

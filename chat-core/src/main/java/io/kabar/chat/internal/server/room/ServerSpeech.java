package io.kabar.chat.internal.server.room;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.spi.Journal;
import org.jspecify.annotations.Nullable;

/** What the server itself says in a room, as its host program wants: it is allowed everything that is possible. */
final class ServerSpeech {

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    private final Meant meant;
    private int proposed;

    ServerSpeech(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
        meant = new Meant(rooms, room);
    }

    /** How much of it is on its way to the journal. */
    int proposed() {
        return proposed;
    }

    /**
     * The server says something, sets the topic, changes who may do what, or does something to what was said before.
     * Whom a change is about is looked up, unless the account is told.
     *
     * @param ref what it answers or is about; 0 if there is none
     */
    void say(long callId, long ref, Content content) {
        int most = rooms.settings().maxMessageBytes();
        Objection objection = room.isFull() ? Objection.FULL : Objection.toSize(content, most);
        if (objection == null) {
            objection = liveRoom.order().toChange(content);
        }
        if (objection == null && ref > room.log().last()) {
            objection = new Objection(Refusal.BAD_REQUEST, "There is no event #" + ref + ".");
        }
        if (objection == null && rooms.journal().isFull()) {
            objection = new Objection(Refusal.BUSY);
        }
        if (objection != null) {
            refuse(callId, objection);
        } else if (content instanceof RoomChange.OfSomebody change) {
            if (change.whom().account() == 0) {
                find(callId, change);
            } else {
                change(callId, change);
            }
        } else if (content instanceof Amendment) {
            amend(callId, ref, content);
        } else {
            propose(callId, ref, content);
        }
    }

    private void amend(long callId, long ref, Content content) {
        Amending amending = liveRoom.amending();
        if (amending.hasToBeRead(ref)) {
            amending.read(
                    ref,
                    target -> amend(callId, ref, content, target),
                    () -> refuse(callId, new Objection(Refusal.STORAGE)));
        } else {
            amend(callId, ref, content, amending.inMemory(ref));
        }
    }

    private void amend(long callId, long ref, Content content, @Nullable ChatEvent target) {
        Objection objection = liveRoom.amending().toAmendingAsServer(content, ref, target);
        if (objection == null) {
            propose(callId, ref, content);
        } else {
            refuse(callId, objection);
        }
    }

    private void find(long callId, RoomChange.OfSomebody change) {
        UserName name = Meant.name(change);
        Meant.Person here = name == null ? null : meant.here(name);
        if (name == null) {
            refuse(callId, Meant.NOBODY);
        } else if (here != null) {
            change(callId, change.with(Whom.of(here.author())));
        } else {
            meant.lookUp(
                    name,
                    who -> {
                        if (who == null) {
                            refuse(callId, Meant.nobody(name.text()));
                        } else {
                            change(callId, change.with(Whom.of(who.author())));
                        }
                    },
                    () -> refuse(callId, new Objection(Refusal.STORAGE)));
        }
    }

    private void change(long callId, RoomChange.OfSomebody change) {
        Objection objection = liveRoom.order().toChange(change);
        if (objection == null) {
            propose(callId, 0, change);
        } else {
            refuse(callId, objection);
        }
    }

    private void propose(long callId, long ref, Content content) {
        proposed++;
        Author server = rooms.settings().host().author();
        liveRoom.propose(
                new ServerProposal(callId, rooms.journal().draft(room.name(), server, ref, content, MessageId.NONE)));
    }

    /** The room cannot be loaded now, and so nothing can be said in it. */
    void notLoaded(long callId) {
        refuse(callId, new Objection(Refusal.STORAGE));
    }

    private void refuse(long callId, Objection objection) {
        rooms.loop().tell(new ServerEvent.HostRefusal(callId, objection.refusal(), objection.sentence()));
        rooms.releaseIfEmpty(liveRoom);
    }

    /** On its way to the journal; the host program waits for the answer. */
    private final class ServerProposal extends ProposedEvent {
        private final long callId;

        ServerProposal(long callId, Journal.Proposal proposal) {
            super(liveRoom, proposal, null);
            this.callId = callId;
        }

        @Override
        public void answered() {
            proposed--;
        }

        @Override
        public void committed(Journal.Entry entry) {
            super.committed(entry);
            ChatEvent event = entry.event();
            Receipt receipt = new Receipt(event.room(), event.sequence(), event.time());
            rooms.loop().tell(new ServerEvent.HostAnswer(callId, receipt));
        }

        @Override
        public void refused(Refusal refusal) {
            super.refused(refusal);
            refuse(callId, new Objection(refusal));
        }
    }
}

package io.kabar.chat.internal.server.room;

import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.order.RoomPasswords;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.spi.Journal;
import org.jspecify.annotations.Nullable;

/**
 * The password of a room. What is kept of it is stored first, then the room's log says that the room asks for one; so a
 * room never asks for what nobody can show. What is kept and nobody is asked for is forgotten: after a refusal of the
 * journal at once, after a kill of the server when it starts.
 */
final class PasswordSetter {

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    private final RoomOrder order;
    /** Whether a password is on its way to the records or to the journal: one at a time. */
    private boolean changing;

    PasswordSetter(LiveRoom liveRoom, LiveRooms rooms, RoomOrder order) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        this.order = order;
        room = liveRoom.room();
    }

    private RoomPasswords passwords() {
        return rooms.order().roomPasswords();
    }

    /** Whether this is what is shown of the room's password. */
    boolean opens(byte[] proof) {
        return passwords().opens(room.name(), proof);
    }

    /** What speaks against a change of modes by which the room would ask for what nobody can show; null else. */
    @Nullable
    Objection toModes(Content content) {
        boolean inVain = content instanceof RoomChange.ModesSet set
                && set.turnsOn(RoomMode.PASSWORD)
                && !passwords().has(room.name());
        return inVain
                ? new Objection(
                        Refusal.NOT_ALLOWED,
                        new Obstacle(
                                Rule.PASSWORD,
                                "The room has no password that could be asked for; give it one.",
                                RoomRole.MODERATOR))
                : null;
    }

    /** Forgets a password that the room does not ask for, nor will by what is on its way to the journal. */
    void settle() {
        boolean asks = room.fold().rules().modes().is(RoomMode.PASSWORD)
                || order.rules().modes().is(RoomMode.PASSWORD);
        if (!changing && !asks) {
            passwords().forget(room.name());
        }
    }

    // Setting one
    // -------------------------------------------------------------------------------------------------------

    /** A member wants a room to have a password, or none any more; answered when the room's log says so. */
    static void set(SessionRooms asking, Request request, Query.SetRoomPassword query) {
        Occupant occupant = asking.present(query.room());
        if (occupant == null) {
            request.refuse(Refusal.NOT_IN_ROOM);
            return;
        }
        if (request.admit()) {
            PasswordSetter setter = occupant.liveRoom().order().password();
            setter.new Wish(occupant, request, query.proof()).begin();
        }
    }

    private static RoomChange mode(long value) {
        return RoomChange.mode(RoomMode.PASSWORD, value);
    }

    /** What one member wants. */
    private final class Wish {
        private final Occupant occupant;
        private final Request request;
        private final byte[] proof;
        /** What is kept of the password of before; null if there was none. */
        private final @Nullable String before;

        Wish(Occupant occupant, Request request, byte[] proof) {
            this.occupant = occupant;
            this.request = request;
            this.proof = proof;
            before = passwords().kept(room.name());
        }

        private boolean isOne() {
            return proof.length > 0;
        }

        void begin() {
            Objection objection = objection(mode(0));
            if (objection != null || changing) {
                refuse(objection == null ? new Objection(Refusal.BUSY) : objection);
                return;
            }
            changing = true;
            if (isOne()) {
                passwords().set(room.name(), proof, stored());
            } else {
                propose();
            }
        }

        private Stored stored() {
            return new Stored() {
                @Override
                public void done() {
                    // Who has asked may have gone meanwhile, or may not do so any more.
                    Objection objection = objection(mode(1));
                    if (objection == null) {
                        propose();
                    } else {
                        isOver(false);
                        refuse(objection);
                    }
                }

                @Override
                public void failed(Refusal reason) {
                    isOver(false);
                    refuse(new Objection(reason));
                }
            };
        }

        private @Nullable Objection objection(RoomChange change) {
            if (occupant.isGone()) {
                return new Objection(Refusal.NOT_IN_ROOM);
            }
            Objection objection = order.toSaying(occupant.session().user(), change);
            if (objection == null && room.isFull()) {
                return Objection.FULL;
            }
            return objection == null && rooms.journal().isFull() ? new Objection(Refusal.BUSY) : objection;
        }

        private void propose() {
            Journal.Proposal proposal =
                    rooms.journal().draft(room.name(), occupant.session().user().author(), mode(isOne() ? 1 : 0));
            liveRoom.propose(new ProposedEvent(liveRoom, proposal, null) {
                @Override
                public void committed(Journal.Entry entry) {
                    super.committed(entry);
                    isOver(true);
                    request.reply(new Answer.Done());
                }

                @Override
                public void refused(Refusal refusal) {
                    super.refused(refusal);
                    isOver(false);
                    refuse(new Objection(refusal));
                }
            });
        }

        private void isOver(boolean isDone) {
            if (!isDone && isOne()) {
                passwords().takeBack(room.name(), proof, before);
            }
            changing = false;
            settle();
        }

        private void refuse(Objection objection) {
            objection.answer(request);
        }
    }
}

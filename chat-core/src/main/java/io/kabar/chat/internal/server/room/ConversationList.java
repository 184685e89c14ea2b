package io.kabar.chat.internal.server.room;

import io.kabar.chat.Conversation;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.ReadMarks;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the conversations of somebody, those first in which something happened last. Whoever is not here may have
 * another name by now, so the account store is asked for theirs before anything is told.
 */
final class ConversationList {

    /** Conversations in one message. */
    static final int PER_MESSAGE = 32;

    private final ServerLoop loop;
    private final LiveRooms liveRooms;
    private final Conversations conversations;

    ConversationList(ServerLoop loop, LiveRooms liveRooms, Conversations conversations) {
        this.loop = loop;
        this.liveRooms = liveRooms;
        this.conversations = conversations;
    }

    /** Answers a request, once the names are known. */
    void answer(SessionRooms asking, long request) {
        long wait = asking.session().controlQueue().takesList() ? asking.takeRequest() : RoomLists.FULL_WAIT;
        if (wait > 0) {
            Refusal refusal = wait == RoomLists.FULL_WAIT ? Refusal.BUSY : Refusal.RATE_LIMITED;
            asking.refuseRequest(request, refusal, ServerLoop.ceilMillis(wait));
        } else {
            new Gathering(asking, request).begin();
        }
    }

    /** Names on their way. */
    private final class Gathering {
        private final SessionRooms asking;
        private final long request;
        private final List<Conversation> list = new ArrayList<>();
        private int missing = 1;

        Gathering(SessionRooms asking, long request) {
            this.asking = asking;
            this.request = request;
        }

        void begin() {
            long account = asking.session().user().author().account();
            for (LiveRoom liveRoom : liveRooms.conversationsOf(account)) {
                ReadMarks marks = liveRoom.marks();
                long last = liveRoom.room().log().last();
                if (marks != null && last > 0 && list.size() < SessionRooms.DIRECT_TOLD) {
                    add(liveRoom, marks, account, last);
                }
            }
            isKnown();
        }

        private void add(LiveRoom liveRoom, ReadMarks marks, long account, long last) {
            long unread = marks.of(account) == ReadMarks.UNKNOWN
                    ? 0
                    : Math.min(conversations.firstUnread(liveRoom, marks, account), last + 1);
            int at = list.size();
            Conversation unnamed = new Conversation(liveRoom.room().name(), Optional.empty(), last, unread);
            list.add(unnamed);
            missing++;
            liveRooms.nameOf(marks, unnamed.name().partnerOf(account), name -> {
                list.set(at, new Conversation(unnamed.name(), Optional.ofNullable(name), last, unread));
                isKnown();
            });
        }

        private void isKnown() {
            missing--;
            ServerSession session = asking.session();
            if (missing == 0 && session.isActive()) {
                session.serve(() -> session.controlQueue().list(new Pieces(request, list), loop.now()));
            }
        }
    }

    private static final class Pieces extends RoomLists.Pieces<Conversation> {
        private final long request;
        private final List<Conversation> all;

        Pieces(long request, List<Conversation> all) {
            super(PER_MESSAGE);
            this.request = request;
            this.all = all;
        }

        @Override
        List<Conversation> take(ServerSession session) {
            return all;
        }

        @Override
        void say(ServerSession session, List<Conversation> some, boolean more) {
            session.say(new ServerMessage.Reply(request, more, new Answer.Conversations(some)));
        }
    }
}

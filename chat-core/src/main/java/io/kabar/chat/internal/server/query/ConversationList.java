package io.kabar.chat.internal.server.query;

import io.kabar.chat.Conversation;
import io.kabar.chat.internal.server.log.ReadMarks;
import io.kabar.chat.internal.server.room.Conversations;
import io.kabar.chat.internal.server.room.LiveRoom;
import io.kabar.chat.internal.server.room.LiveRooms;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
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
    /** Conversations that are listed: those in which something happened last. */
    private static final int MOST = 1024;

    private final LiveRooms liveRooms;
    private final Conversations conversations;

    ConversationList(LiveRooms liveRooms, Conversations conversations) {
        this.liveRooms = liveRooms;
        this.conversations = conversations;
    }

    /** Answers a request, once the names are known. */
    void answer(Request request) {
        if (request.admitList()) {
            new Gathering(request).begin();
        }
    }

    /** Names on their way. */
    private final class Gathering {
        private final Request request;
        private final List<Conversation> list = new ArrayList<>();
        private int missing = 1;

        Gathering(Request request) {
            this.request = request;
        }

        void begin() {
            long account = request.session().user().author().account();
            for (LiveRoom liveRoom : liveRooms.conversationsOf(account)) {
                ReadMarks marks = liveRoom.marks();
                long last = liveRoom.room().log().last();
                if (marks != null && last > 0 && list.size() < MOST) {
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
            ServerSession session = request.session();
            if (missing == 0 && session.isActive()) {
                session.serve(() -> request.reply(PER_MESSAGE, () -> list, Answer.Conversations::new));
            }
        }
    }
}

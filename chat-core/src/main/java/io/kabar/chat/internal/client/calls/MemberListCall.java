package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.util.ArrayList;
import java.util.List;

/** Asks who is in a room, which may be one that this client is not in: some of them, which come in pieces. */
final class MemberListCall extends PendingCall<Member.Page> {

    private final RoomName asked;
    private final Member.Query query;
    private final List<Member> members = new ArrayList<>();
    private int inside;
    private boolean rest;

    MemberListCall(RoomName asked, Member.Query query, Outcome<Member.Page> outcome) {
        super(Kind.LIST, null, outcome);
        this.asked = asked;
        this.query = query;
    }

    @Override
    Query query() {
        return new Query.Members(
                asked, query.beginning(), query.behind().map(UserName::text).orElse(""), query.count());
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        if (!(answer instanceof Answer.Members piece)) {
            throw unexpected(answer);
        } else if (members.size() + piece.members().size() > query.count()) {
            throw new MalformedPacketException("more members than were asked for");
        }
        members.addAll(piece.members());
        inside = piece.inside();
        rest = piece.rest();
        return more ? Step.MORE : Step.DONE;
    }

    @Override
    void beginAgain() {
        members.clear();
    }

    @Override
    void complete() {
        outcome.done(new Member.Page(asked, members, Math.max(inside, members.size()), rest));
    }
}

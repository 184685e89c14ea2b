package io.kabar.chat.internal.server.query;

import io.kabar.chat.Amended.Reaction;
import io.kabar.chat.internal.server.log.Amendments;
import io.kabar.chat.internal.server.room.Occupant;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what later events have changed of those of a piece of history, piece by piece, each as it is by then. */
final class AmendedListing implements ServerControlQueue.Listing {

    /** Events in one message: with all the reactions they may have it is far from full. */
    private static final int PER_MESSAGE = 16;

    /** Different emoji of one event that are told: those with which most have reacted. */
    private static final int EMOJI_TOLD = 16;

    private final Occupant occupant;
    private final Request request;
    private final long to;
    private long next;

    AmendedListing(Occupant occupant, Request request, long from, long to) {
        this.occupant = occupant;
        this.request = request;
        this.to = to;
        next = from;
    }

    /** Whether there is anything to say. */
    boolean isEmpty() {
        return amendments().within(next, to, 1).isEmpty();
    }

    private Amendments amendments() {
        return occupant.room().fold().amendments();
    }

    @Override
    public int taken() {
        return 0;
    }

    @Override
    public boolean sayNext(ServerSession session) {
        List<Long> targets = occupant.isGone() ? List.of() : amendments().within(next, to, PER_MESSAGE + 1);
        boolean more = targets.size() > PER_MESSAGE;
        List<Answer.Amended.Item> items = new ArrayList<>();
        for (long target : targets.subList(0, Math.min(PER_MESSAGE, targets.size()))) {
            items.add(item(session, target));
            next = target + 1;
        }
        long asOf = occupant.room().log().last();
        request.reply(new Answer.Amended(asOf, items), more);
        return more;
    }

    private Answer.Amended.Item item(ServerSession session, long target) {
        long self = session.user().author().account();
        Map<String, Set<Long>> reactions = amendments().reactionsTo(target);
        List<Reaction> counted = reactions.entrySet().stream()
                .map(each -> new Reaction(
                        each.getKey(), each.getValue().size(), each.getValue().contains(self)))
                .sorted(Comparator.comparingInt(Reaction::count).reversed())
                .limit(EMOJI_TOLD)
                .toList();
        return new Answer.Amended.Item(
                target, amendments().editOf(target), amendments().deletionOf(target), counted);
    }
}

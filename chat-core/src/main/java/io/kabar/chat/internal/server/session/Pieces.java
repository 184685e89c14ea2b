package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.wire.message.Answer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A list that answers a request in messages of so many entries; taken when its turn has come. */
final class Pieces<E> implements ServerControlQueue.Listing {

    private final Request request;
    private final int perMessage;
    private final Supplier<List<E>> taken;
    private final Function<List<E>, ? extends Answer> words;
    private @Nullable List<E> list;
    private int told;

    Pieces(Request request, int perMessage, Supplier<List<E>> taken, Function<List<E>, ? extends Answer> words) {
        this.request = request;
        this.perMessage = perMessage;
        this.taken = taken;
        this.words = words;
    }

    @Override
    public int taken() {
        return list == null ? 0 : list.size();
    }

    @Override
    public boolean sayNext(ServerSession session) {
        List<E> all = list;
        if (all == null) {
            all = taken.get();
            list = all;
        }
        int to = Math.min(all.size(), told + perMessage);
        boolean more = to < all.size();
        request.reply(words.apply(all.subList(told, to)), more);
        told = to;
        return more;
    }
}

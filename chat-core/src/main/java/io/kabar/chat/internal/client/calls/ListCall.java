package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks for a list, which comes in pieces; it needs no room to be in. */
abstract class ListCall<E> extends PendingCall<List<E>> {

    /**
     * Entries a server may list: as many rooms as ours keep, and more than anybody is in a room with. Nobody reads a
     * longer list, and memory has an end.
     */
    static final int MAX_ENTRIES = 100_000;

    private final String what;
    private final List<E> list = new ArrayList<>();
    private boolean tooLong;

    ListCall(String what, Outcome<List<E>> outcome) {
        super(Kind.LIST, null, outcome);
        this.what = what;
    }

    /** Takes a piece; what is beyond the bound is passed over. */
    final Step add(List<E> piece, boolean more) {
        tooLong |= list.size() + piece.size() > MAX_ENTRIES;
        if (!tooLong) {
            list.addAll(piece);
        }
        return more && !tooLong ? Step.MORE : Step.DONE;
    }

    @Nullable
    E last() {
        return list.isEmpty() ? null : list.get(list.size() - 1);
    }

    @Override
    void beginAgain() {
        list.clear();
    }

    @Override
    void complete() {
        if (tooLong) {
            failed(
                    Refusal.TOO_LARGE,
                    String.format(
                            Locale.ROOT, "The server lists more than %,d %s; a list has no more.", MAX_ENTRIES, what),
                    null);
        } else {
            outcome.done(List.copyOf(list));
        }
    }
}

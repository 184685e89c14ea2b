package io.kabar.cli.fullscreen;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.SendState;
import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.cli.screen.Scroll;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where somebody reads, room by room, and which message they have chosen. */
final class Reading {

    private final ChatModel model;
    private final Map<RoomName, Scroll> scrolls = new HashMap<>();
    private final Scroll console = new Scroll();
    private OptionalLong chosen = OptionalLong.empty();
    private @Nullable Transcript chosenIn;
    private int page = 10;
    private boolean focused = true;
    private boolean watching = true;

    Reading(ChatModel model) {
        this.model = model;
    }

    /** Where the transcript in front is read. */
    Scroll scroll() {
        return model.current()
                .map(RoomModel::name)
                .map(room -> scrolls.computeIfAbsent(room, none -> new Scroll()))
                .orElse(console);
    }

    /** How many rows a screen has for what is said. */
    void hasRows(int rows) {
        page = Math.max(1, rows);
    }

    void page(int pages) {
        scroll().by(pages * Math.max(1, page - 2));
    }

    void wheel(int rows) {
        scroll().by(rows);
    }

    void toOldest() {
        Transcript transcript = model.transcript();
        if (transcript.size() > 0) {
            scroll().show(transcript.line(0).id(), page);
        }
    }

    void toNewest() {
        scroll().toNewest();
        drop();
    }

    /** An answer of many lines is read from its beginning. */
    void answered(TranscriptLine.Notice answer) {
        if (scroll().isAtNewest() && answer.text().lines().count() >= page) {
            scroll().showFromTop(answer.id());
        }
    }

    void toFirstUnread() {
        model.current()
                .map(RoomModel::firstUnread)
                .ifPresent(line -> line.ifPresent(id -> scroll().show(id, Math.max(0, page - 3))));
    }

    /** Brings the line of a message before the reader's eyes and chooses it; nothing if it is not there. */
    void goTo(long sequence) {
        find(model.transcript().size(), -1, said -> said.state().sequence() == sequence)
                .ifPresent(this::choose);
    }

    /** Chooses the mention before or after where one is. */
    void mention(int step) {
        find(start(step), step, TranscriptLine.Said::mention).ifPresent(this::choose);
    }

    /** Chooses the message before or after the chosen one; below the newest there is none. */
    void step(int step) {
        if (chosen().isEmpty() && step > 0) {
            return;
        }
        Optional<TranscriptLine.Said> next = find(start(step), step, said -> true);
        if (next.isPresent()) {
            choose(next.get());
        } else if (step > 0) {
            drop();
            scroll().toNewest();
        }
    }

    private void choose(TranscriptLine.Said said) {
        chosen = OptionalLong.of(said.id());
        chosenIn = model.transcript();
        if (!scroll().shows(said.id())) {
            scroll().show(said.id(), page / 2);
        }
    }

    void drop() {
        chosen = OptionalLong.empty();
    }

    /** The line that is chosen in the transcript in front. */
    OptionalLong chosen() {
        return chosenIn == model.transcript() ? chosen : OptionalLong.empty();
    }

    /** The message that is chosen. */
    Optional<TranscriptLine.Said> message() {
        OptionalLong id = chosen();
        return id.isEmpty()
                ? Optional.empty()
                : find(model.transcript().size(), -1, said -> said.id() == id.getAsLong());
    }

    private int start(int step) {
        OptionalLong id = chosen();
        Transcript transcript = model.transcript();
        if (id.isPresent()) {
            for (int i = 0; i < transcript.size(); i++) {
                if (transcript.line(i).id() == id.getAsLong()) {
                    return i;
                }
            }
        }
        if (step < 0) {
            // From the newest line in sight up.
            for (int i = transcript.size() - 1; i >= 0; i--) {
                if (scroll().shows(transcript.line(i).id())) {
                    return i + 1;
                }
            }
        }
        return step < 0 ? transcript.size() : -1;
    }

    private Optional<TranscriptLine.Said> find(int start, int step, Predicate<TranscriptLine.Said> wanted) {
        Transcript transcript = model.transcript();
        for (int i = start + step; i >= 0 && i < transcript.size(); i += step) {
            if (transcript.line(i) instanceof TranscriptLine.Said said
                    && said.state().phase() != SendState.Phase.SENDING
                    && wanted.test(said)) {
                return Optional.of(said);
            }
        }
        return Optional.empty();
    }

    /** The terminal is in front of its user, or is not. */
    void setFocused(boolean inFront) {
        focused = inFront;
        look();
    }

    boolean isFocused() {
        return focused;
    }

    /** Whoever looks at older lines, or elsewhere, does not see what is said now. */
    void look() {
        boolean looking = focused && scroll().isAtNewest();
        if (looking != watching) {
            watching = looking;
            model.setWatching(looking);
        }
    }
}

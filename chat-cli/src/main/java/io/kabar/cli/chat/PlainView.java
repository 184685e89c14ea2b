package io.kabar.cli.chat;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.SendState;
import io.kabar.chat.view.Status;
import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.cli.output.LineFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints a model line by line, each once. Confined to the model's executor. */
final class PlainView implements ModelObserver {

    /** Who this user is to themselves. */
    private static final String SELF = "you";

    private final ChatModel model;
    private final LineFormat format;
    private final Consumer<String> print;
    private final Runnable bell;
    private Status.Kind shown = Status.Kind.LIVE;
    private int queued;

    PlainView(ChatModel model, LineFormat format, Consumer<String> print, Runnable bell) {
        this.model = model;
        this.format = format;
        this.print = print;
        this.bell = bell;
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        if (change == Change.STATUS) {
            tellStatus(model.status());
        }
    }

    /** Losing the network and finding it again; the end is told by the model itself, in a notice. */
    private void tellStatus(Status status) {
        Status.Kind kind = status.kind();
        boolean moreWaits = kind == Status.Kind.SEARCHING && status.queued() > queued;
        boolean caughtUp = kind == Status.Kind.LIVE && shown != Status.Kind.LIVE;
        boolean behind = kind == Status.Kind.CATCHING_UP && shown == Status.Kind.SEARCHING;
        boolean lost = kind == Status.Kind.SEARCHING && shown != Status.Kind.SEARCHING;
        queued = status.queued();
        if (moreWaits || caughtUp || behind || lost) {
            shown = kind;
            print.accept(format.notice(status.words()));
        }
    }

    @Override
    public void onLine(Transcript transcript, TranscriptLine line) {
        if (line instanceof TranscriptLine.Said said) {
            print.accept(said(transcript, said));
            if (said.mention() && !said.restored()) {
                bell.run();
            }
        } else if (line instanceof TranscriptLine.Comings run) {
            TranscriptLine.Move move = run.moves().get(run.moves().size() - 1);
            // Entering a room is told with who is there.
            if (!move.who().equals(model.self())) {
                print.accept(format.notice(title(transcript) + ": " + move.words()));
            }
        } else if (line instanceof TranscriptLine.Notice notice) {
            print.accept(notice(transcript, notice));
        }
    }

    @Override
    public void onAmended(Transcript transcript, long sequence, String words) {
        print.accept(format.notice(title(transcript) + ": " + words));
    }

    private String said(Transcript transcript, TranscriptLine.Said said) {
        String name = said.own() && !said.action() ? SELF : other(said.from());
        boolean tellsState = said.own() && (!said.restored() || said.state().phase() == SendState.Phase.REFUSED);
        if (isOld(transcript, said)) {
            return format.history(said.time(), title(transcript), name, said.text(), said.action());
        }
        return format.said(
                said.time(),
                title(transcript),
                said.from(),
                name,
                said.text(),
                said.action(),
                tellsState ? said.state().words() : namesThisUser(transcript, said) ? "names you" : "");
    }

    /** Nobody but this user can be meant where there are only two. */
    private static boolean namesThisUser(Transcript transcript, TranscriptLine.Said said) {
        return said.mention() && transcript.room().filter(RoomName::isDirect).isEmpty();
    }

    /** Somebody may be named as one calls oneself; no name has an @, so that tells them apart. */
    private static String other(UserName name) {
        return name.text().equalsIgnoreCase(SELF) ? "@" + name : name.text();
    }

    /** Whether it is history that the user may know: what was said since they left is history, too, but new to them. */
    private boolean isOld(Transcript transcript, TranscriptLine.Said said) {
        return said.restored()
                && transcript
                        .room()
                        .flatMap(model::room)
                        .filter(room -> room.isNewSinceLeft(said.state().sequence()))
                        .isEmpty();
    }

    private String notice(Transcript transcript, TranscriptLine.Notice notice) {
        return switch (notice.kind()) {
            case TOPIC, GAP, SINCE_LEFT -> format.notice(title(transcript) + ": " + notice.text());
            case FAILURE -> format.failure(notice.text());
            case INFO, ANSWER -> format.notice(notice.text());
        };
    }

    /** {@code #lobby}, or {@code @tam} for the conversation with tam. */
    private String title(Transcript transcript) {
        return transcript
                .room()
                .map(room -> (room.isDirect() ? "@" : "") + model.title(room))
                .orElse("");
    }
}

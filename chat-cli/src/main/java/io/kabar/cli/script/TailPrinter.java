package io.kabar.cli.script;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.cli.command.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints the events of one room until there were enough, nobody reads them any more, or the connection ends. */
final class TailPrinter implements ChatClientListener {

    /** An event as a line. */
    interface Format {
        /** The line for an event that is news, or was there before this command entered the room. */
        String line(ChatEvent event, EventOrigin origin);
    }

    private final RoomName room;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Format format;
    private final Optional<UserName> newcomer;
    private final boolean looksBack;
    private final CountDownLatch end = new CountDownLatch(1);
    private long left;
    private boolean first = true;
    private long seen;
    private long until = Long.MAX_VALUE;
    private volatile int code = ExitCode.DONE;
    private volatile String why = "";

    /**
     * A printer of {@code count} events.
     *
     * @param newcomer whose entering is not worth a line when it is the very first event, because it is this command's
     * @param looksBack whether theirs is none at all, because each run of this command enters and leaves
     */
    TailPrinter(
            RoomName room,
            PrintWriter out,
            PrintWriter err,
            Format format,
            Optional<UserName> newcomer,
            boolean looksBack,
            long count) {
        this.room = room;
        this.out = out;
        this.err = err;
        this.format = format;
        this.newcomer = newcomer;
        this.looksBack = looksBack;
        this.left = count;
    }

    /** Waits for the end, and says why it has come if nobody wanted it; gives the exit code. */
    int await() throws InterruptedException {
        end.await();
        return ended();
    }

    /** The same within a time; empty if that has passed. */
    Optional<Integer> await(long time, TimeUnit unit) throws InterruptedException {
        return end.await(time, unit) ? Optional.of(ended()) : Optional.empty();
    }

    /** Whoever fails to sign in never waits here, and is told by the failure alone. */
    private int ended() {
        if (!why.isEmpty()) {
            tell(why);
        }
        return code;
    }

    @Override
    public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
        boolean arrival = (looksBack ? event.content().isComingOrGoing() : first && event.isJoined())
                && newcomer.filter(event.from()::equals).isPresent();
        first = false;
        if (!event.room().equals(room)) {
            return;
        }
        if (!arrival && left > 0) {
            out.println(format.line(event, origin));
            left--;
            // checkError flushes, and tells when the reader of a pipe has gone.
            if (out.checkError() || left == 0) {
                end.countDown();
            }
        }
        read(event.sequence());
    }

    /** Ends with event {@code sequence}, the newest that is there already; 0 if there is none. */
    synchronized void until(long sequence) {
        until = sequence;
        read(0);
    }

    private synchronized void read(long sequence) {
        seen = Math.max(seen, sequence);
        if (seen >= until) {
            end.countDown();
        }
    }

    @Override
    public void onHistoryChanged(ChatClient client, RoomName of, long from) {
        tell("The server's history of " + of + " is not the one that was read: from event " + from
                + " on it is another.");
    }

    @Override
    public void onHistoryGone(ChatClient client, RoomName of, long from, long to) {
        tell("Events " + from + " to " + to + " are no longer kept.");
        if (of.equals(room)) {
            read(to);
        }
    }

    @Override
    public void onNotice(ChatClient client, String sentence) {
        tell(VisibleText.onOneLine(sentence));
    }

    @Override
    public void onRoomLeft(ChatClient client, RoomName of, String reason) {
        if (of.equals(room)) {
            code = ExitCode.REFUSED;
            why = "No longer in " + room + (reason.isEmpty() ? "." : ": " + VisibleText.onOneLine(reason));
            end.countDown();
        }
    }

    @Override
    public void onClosed(ChatClient client, CloseReason reason, String sentence) {
        if (reason != CloseReason.SIGNED_OUT && end.getCount() > 0) {
            code = ExitCode.of(reason);
            why = sentence.isEmpty() ? "Signed out: " + reason.words() + "." : VisibleText.onOneLine(sentence);
            end.countDown();
        }
    }

    private void tell(String sentence) {
        err.println("kabar: " + sentence);
        err.flush();
    }
}

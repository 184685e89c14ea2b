package io.kabar.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * A terminal of which every cell is drawn. Pictures are fetched when they can be shown, so that whatever happens
 * meanwhile is one picture, and only their differences are sent. A terminal that takes nothing holds up its own thread
 * and nobody else.
 */
public final class DrawnTerminal implements AutoCloseable {

    /** Between two pictures: more of them a second nobody sees. */
    private static final long PAUSE_MILLIS = 30;

    /** A terminal that does not say its size. */
    private static final Size USUAL = Size.of(80, 24);

    /** Bracketed paste, focus, and the window's title kept. */
    private static final String ENTER = "\u001b[?2004h\u001b[?1004h\u001b[22;0t";

    /** Buttons and the wheel, in numbers of any size (SGR). */
    private static final String MOUSE = "\u001b[?1000h\u001b[?1006h";

    private static final String LEAVE = "\u001b[?1006l\u001b[?1000l\u001b[23;0t\u001b[?1004l\u001b[?2004l";

    private static final long SECONDS_TO_CLOSE = 2;

    /** Bytes on a clipboard; terminals take no more. */
    private static final int MOST_COPIED = 1 << 16;

    private final Terminal terminal;
    private final Attributes original;
    private final Display display;
    private final Frame.Source source;
    private final Consumer<Throwable> failed;
    private final boolean mouse;
    private final Thread drawing = new Thread(this::draw, "kabar-screen");

    /** What to do before the next picture, on the drawing thread. Guarded by this. */
    private final Deque<Runnable> first = new ArrayDeque<>();

    private boolean changed = true;
    private boolean closed;
    private boolean stopped;
    private String title = "";

    /**
     * Takes over a terminal.
     *
     * @param original how it was before anything read from it
     * @param failed told what broke off the drawing, if something does
     */
    DrawnTerminal(
            Terminal terminal, Attributes original, Frame.Source source, Consumer<Throwable> failed, boolean mouse) {
        this.terminal = terminal;
        this.original = original;
        this.source = source;
        this.failed = failed;
        this.mouse = mouse;
        display = new Display(terminal, true);
    }

    /** Shows the first picture. */
    void start() {
        terminal.handle(Signal.WINCH, signal -> redraw());
        enter();
        drawing.setDaemon(true);
        drawing.start();
    }

    /** Something is to be seen that was not; from any thread. */
    public synchronized void changed() {
        changed = true;
        notifyAll();
    }

    /** Draws everything again, whatever stands there. */
    public void redraw() {
        before(display::clear);
    }

    /** Rings. */
    public void bell() {
        before(() -> write("\u0007"));
    }

    /** Puts text on the clipboard of the terminal's machine, where the terminal lets that be done (OSC 52). */
    public void copy(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_COPIED) {
            before(() -> write("\u001b]52;c;" + Base64.getEncoder().encodeToString(bytes) + "\u0007"));
        }
    }

    /** Stops this program as Ctrl+Z does elsewhere; what was on the terminal is back until it goes on. */
    public void suspend() {
        before(() -> {
            leave();
            Suspension.stop();
            enter();
        });
    }

    private synchronized void before(Runnable task) {
        first.add(task);
        changed();
    }

    private void enter() {
        terminal.enterRawMode();
        // Every key comes here, those that would send a signal too.
        Attributes silent = terminal.getAttributes();
        silent.setLocalFlags(EnumSet.of(LocalFlag.ISIG), false);
        // Who reads waits for a key, instead of looking ten times a second.
        silent.setControlChar(ControlChar.VMIN, 1);
        silent.setControlChar(ControlChar.VTIME, 0);
        terminal.setAttributes(silent);
        terminal.puts(Capability.enter_ca_mode);
        write(mouse ? ENTER + MOUSE : ENTER);
        display.clear();
    }

    private void leave() {
        write(leaving());
        terminal.setAttributes(original);
        title = "";
    }

    /** What brings back what was there before. */
    private String leaving() {
        StringWriter sequence = new StringWriter();
        for (Capability each : new Capability[] {Capability.cursor_normal, Capability.exit_ca_mode}) {
            String capability = terminal.getStringCapability(each);
            if (capability != null) {
                Curses.tputs(sequence, capability);
            }
        }
        return LEAVE + sequence;
    }

    private void write(String sequence) {
        PrintWriter out = terminal.writer();
        out.write(sequence);
        out.flush();
    }

    private void draw() {
        try {
            long wait = 0;
            while (awaitChange(wait)) {
                @Nullable Runnable task = takeTask();
                while (task != null) {
                    task.run();
                    task = takeTask();
                }
                wait = Math.max(PAUSE_MILLIS, show().toMillis());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // JLine closes the terminal when a signal ends the program; who reads keys finds their end.
            if (!String.valueOf(e.getMessage()).contains("closed")) {
                failed.accept(e);
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    /** Whether to draw: not when it is closed. */
    private synchronized boolean awaitChange(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !changed && !closed && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        changed = false;
        return !closed;
    }

    private synchronized @Nullable Runnable takeTask() {
        return first.poll();
    }

    private Duration show() {
        Size size = size();
        Frame frame = source.next(size.getColumns(), size.getRows());
        display.resize(size);
        if (!frame.title().equals(title)) {
            title = frame.title();
            write("\u001b]2;" + title + "\u0007");
        }
        display.update(frame.rows(), size.cursorPos(frame.cursorRow(), frame.cursorColumn()));
        return frame.good();
    }

    private Size size() {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    }

    /** Gives the terminal back as it was; from any thread but the drawing one. */
    @Override
    public void close() {
        if (stop()) {
            leave();
        }
    }

    /** The same when a signal ends the program, and JLine, which restores how keys are read, may have closed it. */
    public void abandon() {
        if (stop()) {
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write(leaving().getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // There is no terminal any more.
            }
        }
    }

    /** Ends the drawing; false if that was done already. */
    private boolean stop() {
        synchronized (this) {
            if (stopped) {
                return false;
            }
            stopped = true;
            closed = true;
            notifyAll();
        }
        try {
            drawing.join(SECONDS_TO_CLOSE * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}

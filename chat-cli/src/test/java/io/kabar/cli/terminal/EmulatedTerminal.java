package io.kabar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;

/** A terminal within the test: what a program sends it is drawn by an emulator, and read there. */
public final class EmulatedTerminal implements AutoCloseable {

    private final ScreenTerminal screen;
    private final LineDisciplineTerminal terminal;
    private final AtomicLong bytes = new AtomicLong();
    private final TerminalScreen face;

    public EmulatedTerminal(int columns, int rows) throws IOException {
        screen = new ScreenTerminal(columns, rows);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer pending = ByteBuffer.allocate(1 << 16);
        OutputStream out = new OutputStream() {
            @Override
            public void write(int unit) {
                write(new byte[] {(byte) unit}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int from, int length) {
                bytes.addAndGet(length);
                pending.put(buffer, from, length).flip();
                CharBuffer text = CharBuffer.allocate(length + 4);
                decoder.decode(pending, text, false); // what is torn apart waits for its end
                pending.compact();
                screen.write(text.flip());
            }
        };
        terminal = new LineDisciplineTerminal("test", "xterm-256color", out, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(columns, rows));
        face = new TerminalScreen((reader, line, candidates) -> {}, terminal);
    }

    /** What the program under test gets. */
    public TerminalScreen screen() {
        return face;
    }

    public void type(String keys) {
        try {
            terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void resize(int columns, int rows) {
        screen.setSize(Size.of(columns, rows));
        terminal.setSize(Size.of(columns, rows));
        terminal.raise(Terminal.Signal.WINCH);
    }

    /** All that was sent to it. */
    public long bytes() {
        return bytes.get();
    }

    /** What is read on it. */
    public String text() {
        return screen.toString();
    }

    public void await(String words) {
        await(words, Duration.ofSeconds(60));
    }

    private void await(String words, Duration most) {
        Awaitility.await()
                .atMost(most)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(text()).contains(words));
    }

    @Override
    public void close() {
        face.close();
    }
}

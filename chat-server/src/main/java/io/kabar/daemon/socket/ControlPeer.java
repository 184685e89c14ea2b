package io.kabar.daemon.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the other end of the socket. They have one line at a time: what comes behind it is read when they have
 * taken the answer.
 *
 * <pre>
 * reading --line--> busy --answer--> writing --written--> reading
 *    |                                  |
 *    end, or a line that is too long    end of what they had to say: closed
 * </pre>
 */
final class ControlPeer {

    /** A message of 16 KiB, each byte of which JSON writes as six. */
    static final int LONGEST_LINE = 128 * 1024;

    private static final int FIRST_BYTES = 4096;

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer in = ByteBuffer.allocate(FIRST_BYTES);
    private @Nullable ByteBuffer out;
    private int searched;
    private boolean busy;
    private boolean ended;
    private long activeNanos;

    ControlPeer(SocketChannel channel, SelectionKey key, long nowNanos) {
        this.channel = channel;
        this.key = key;
        this.activeNanos = nowNanos;
    }

    /** When it has last been of use to them: they came, or something was answered. */
    long activeNanos() {
        return activeNanos;
    }

    /** Whether a command of theirs runs. */
    boolean isBusy() {
        return busy;
    }

    /** Whether they still get an answer. */
    boolean isOwed() {
        return busy || out != null;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Reads what is there, and writes what goes. */
    void ready() throws IOException {
        if (key.isReadable()) {
            read();
        }
        if (key.isWritable()) {
            write();
        }
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            ByteBuffer more = ByteBuffer.allocate(Math.min(in.capacity() * 2, LONGEST_LINE + 1));
            in = more.put(in.flip());
        }
        ended = channel.read(in) < 0;
    }

    /**
     * The next line, if there is one and its turn has come; from then on they are busy until {@link #answer}.
     *
     * @throws CharacterCodingException if it is not UTF-8; they are busy all the same
     * @throws TooLong if it has no end within the bound
     */
    Optional<String> nextLine() throws IOException {
        if (isOwed()) {
            return Optional.empty();
        }
        for (; searched < in.position(); searched++) {
            if (in.get(searched) == '\n') {
                byte[] line = new byte[searched];
                in.flip().get(line).get();
                in.compact();
                searched = 0;
                busy = true;
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line))
                        .toString());
            }
        }
        if (in.position() > LONGEST_LINE) {
            busy = true;
            throw new TooLong();
        }
        return Optional.empty();
    }

    /** Whether nothing more is to be expected of them, or to be done for them. */
    boolean isOver() {
        return ended && !isOwed();
    }

    void answer(String line, long nowNanos) throws IOException {
        busy = false;
        activeNanos = nowNanos;
        out = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        write();
    }

    /** The last answer; what they have sent beyond it is not read. */
    void answerLast(String line, long nowNanos) throws IOException {
        ended = true;
        in.clear();
        answer(line, nowNanos);
    }

    private void write() throws IOException {
        if (out != null) {
            channel.write(out);
            if (!out.hasRemaining()) {
                out = null;
            }
        }
    }

    /** Says what is to be waited for. */
    void await() {
        if (key.isValid()) {
            key.interestOps(out != null ? SelectionKey.OP_WRITE : busy || ended ? 0 : SelectionKey.OP_READ);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    /** A line without an end. */
    static final class TooLong extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }
}

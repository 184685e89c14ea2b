package io.kabar.chat.internal.process;

import io.kabar.chat.internal.text.ForPeople;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers what went wrong. {@link java.io.PrintStream} swallows it, and a copy cut short by a
 * full disk would pass for a whole one.
 *
 * <p>A command prints; whoever ran it asks {@link #exitCode} at the end.
 */
public final class StandardOutput extends PrintWriter {

    /** EX_IOERR would say more, but 1 is what Kabar's commands leave with when something around them fails. */
    private static final int FAILED = 1;

    private final Bytes bytes;
    private final boolean pipe;
    private boolean readerMayLeave;

    private StandardOutput(Bytes bytes, Charset charset, boolean pipe) {
        super(new OutputStreamWriter(bytes, charset), true);
        this.bytes = bytes;
        this.pipe = pipe;
    }

    /** An output that writes to {@code to}, line by line. */
    public static StandardOutput to(OutputStream to, Charset charset) {
        return new StandardOutput(new Bytes(to), charset, false);
    }

    /** The output of this program, in the charset its terminal shows. */
    public static StandardOutput ofThisProcess() {
        return ofThisProcess(terminalCharset());
    }

    /** The output of this program in another charset. */
    public static StandardOutput ofThisProcess(Charset charset) {
        boolean pipe = Descriptors.target(Descriptors.OUT).startsWith("pipe:");
        return new StandardOutput(new Bytes(new FileOutputStream(FileDescriptor.out)), charset, pipe);
    }

    /** What the terminal shows: UTF-8 nearly everywhere, but not under {@code LANG=de_DE.ISO-8859-1}. */
    @ForPeople("a terminal shows what is in its charset")
    public static Charset terminalCharset() {
        return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
                .map(System::getProperty)
                .filter(name -> name != null && Charset.isSupported(name))
                .findFirst()
                .map(Charset::forName)
                .orElse(Charset.defaultCharset());
    }

    /** For what is no text; each write fails at once with the reason. What was printed before goes first. */
    public static OutputStream bytesOf(PrintWriter out) {
        if (!(out instanceof StandardOutput standard)) {
            throw new IllegalArgumentException("a writer cannot take bytes");
        }
        standard.flush();
        return standard.bytes;
    }

    /** From here on, a reader of a pipe who has seen enough is the ordinary end, and no failure. */
    public void readerMayLeave() {
        readerMayLeave = true;
    }

    /** Whether everything that was printed to {@code out} has arrived; a sentence if not. */
    public static Optional<String> trouble(PrintWriter out) {
        boolean failed = out.checkError();
        if (!(out instanceof StandardOutput standard)) {
            return failed ? Optional.of(sentence(null)) : Optional.empty();
        }
        IOException failure = standard.bytes.failure;
        if (failure == null && !failed) {
            return Optional.empty();
        }
        // Java tells EPIPE by the C library's words for it only, in any language; nothing else befalls a pipe.
        boolean left = standard.pipe || (failure != null && "Broken pipe".equals(failure.getMessage()));
        return standard.readerMayLeave && left ? Optional.empty() : Optional.of(sentence(failure));
    }

    /**
     * The exit code of a command that ended with {@code code}: not 0 if what it printed has not arrived, which is said.
     */
    public static int exitCode(int code, PrintWriter out, PrintWriter err) {
        Optional<String> trouble = trouble(out);
        if (trouble.isEmpty()) {
            return code;
        }
        err.println("kabar: " + trouble.get());
        err.flush();
        return code == 0 ? FAILED : code;
    }

    private static String sentence(@Nullable IOException failure) {
        String reason = failure == null ? "" : Objects.requireNonNullElse(failure.getMessage(), "");
        return "Standard output cannot be written" + (reason.isBlank() ? "." : ": " + reason + ".");
    }

    private static final class Bytes extends OutputStream {

        private final OutputStream to;
        private volatile @Nullable IOException failure;

        Bytes(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            try {
                to.write(b, off, len);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                to.flush();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}

package io.kabar.chat.internal.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of standard input, in UTF-8. Whoever starts a program with its input closed ({@code <&-}) leaves the number
 * 0 to the first file that the JVM opens, whose bytes must not be taken for what somebody typed.
 */
public final class StandardInput {

    private final BufferedReader lines;

    /** The lines of {@code in}. */
    public StandardInput(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The input of this program; reading fails if it was started without one. */
    public static InputStream ofThisProcess() {
        return Descriptors.isTaken(Descriptors.IN) ? new Closed() : System.in;
    }

    /**
     * The next line; null at the end.
     *
     * @throws IOException with a sentence for a person
     */
    public @Nullable String next() throws IOException {
        try {
            return lines.readLine();
        } catch (IOException e) {
            String reason = e.getMessage();
            throw new IOException(
                    "Standard input cannot be read" + (reason == null || reason.isBlank() ? "." : ": " + reason + "."),
                    e);
        }
    }

    private static final class Closed extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("it is closed");
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            throw new IOException("it is closed");
        }
    }
}

package io.kabar.daemon.socket;

import io.kabar.daemon.control.Answer;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Somebody who has something done by a running server. For one thread; {@link #close} from any, which ends a wait. */
public final class ControlClient implements AutoCloseable {

    /** Ten thousand sessions, each in a hundred rooms. */
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private final SocketChannel channel;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Reaches the server of a data folder.
     *
     * @throws NotAllowed if only another user may
     * @throws IOException in a sentence, if there is none
     */
    public static ControlClient open(Path data) throws IOException {
        if (Files.notExists(data)) {
            throw new IOException("There is no data folder " + data + "; --data names the one of the server.");
        }
        try {
            return new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(ControlPlace.find(data))));
        } catch (AccessDeniedException e) {
            throw new NotAllowed(data);
        } catch (NoSuchFileException | ConnectException e) {
            throw new IOException("No server runs on the data folder " + data + ".", e);
        } catch (SocketException e) {
            if (!Files.isExecutable(data)) {
                throw new NotAllowed(data);
            }
            throw unreachable(data, e);
        } catch (IOException e) {
            throw unreachable(data, e);
        }
    }

    private static IOException unreachable(Path data, IOException why) {
        String reason = FileTrouble.reason(why);
        return new IOException(
                "The server of " + data + " cannot be reached: " + reason + (reason.endsWith(".") ? "" : "."), why);
    }

    /**
     * Has a command done, and waits for the answer.
     *
     * @param words its name and what it takes
     * @param yes whether it is to be done without a question
     * @throws IOException in a sentence, if the server ends before it has answered
     */
    public Answer ask(List<String> words, boolean yes) throws IOException {
        ByteBuffer request =
                ByteBuffer.wrap((new ControlRequest(words, yes).line() + "\n").getBytes(StandardCharsets.UTF_8));
        if (request.remaining() > ControlPeer.LONGEST_LINE) {
            return new Answer.Misuse("That is too long.");
        }
        while (request.hasRemaining()) {
            channel.write(request);
        }
        try {
            return ControlReply.parse(line());
        } catch (IllegalArgumentException e) {
            throw new IOException("What listens there is no Kabar server of this version.", e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(64 * 1024);
        while (line.size() <= LONGEST_ANSWER) {
            if (channel.read(part.clear()) < 0) {
                throw new IOException("The server has ended without an answer.");
            }
            boolean whole = part.position() > 0 && part.get(part.position() - 1) == '\n';
            line.write(part.array(), 0, part.position());
            if (whole) {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
        throw new IOException("The server's answer is too long.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The socket is for somebody else. */
    public static final class NotAllowed extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private NotAllowed(Path data) {
            super("Only the owner of " + data + " may do that" + owner(data) + ".");
        }

        private static String owner(Path data) {
            try {
                return "; run it as " + Files.getOwner(data).getName();
            } catch (IOException | UnsupportedOperationException e) {
                return "";
            }
        }
    }
}

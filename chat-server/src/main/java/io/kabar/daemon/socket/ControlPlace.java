package io.kabar.daemon.socket;

import io.kabar.chat.internal.process.HomeFolder;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SmallFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the socket of a data folder is: {@code control/kabar.sock} in it; or, where that path is too long for a socket
 * or the disk can hold none, in the runtime folder of the user, and then {@code control/place} says where.
 */
final class ControlPlace {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlace.class);

    private static final String FOLDER = "control";
    private static final String SOCKET = "kabar.sock";
    private static final String ELSEWHERE = "place";

    /** macOS has 104 bytes for the path and its end, Linux and Windows have 108. */
    private static final int LONGEST_PATH = 103;

    private static final int LONGEST_PLACE = 8192;
    private static final int BACKLOG = 64;
    private static final int NAME_BYTES = 12;

    private ControlPlace() {}

    /** A socket that listens, and where. */
    record Bound(ServerSocketChannel channel, Path path) {}

    /**
     * Listens for a data folder, which the caller holds.
     *
     * @throws IOException with half a sentence, if there can be no socket that is only its owner's
     */
    static Bound bind(Path data, Map<String, String> environment) throws IOException {
        Path folder = data.resolve(FOLDER);
        SocketFolder.prepare(folder);
        Path own = folder.resolve(SOCKET);
        String why = "its path is too long for a socket";
        if (own.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
            requireFree(own);
            try {
                Bound bound = listen(own);
                Files.deleteIfExists(folder.resolve(ELSEWHERE));
                return bound;
            } catch (IOException e) {
                why = FileTrouble.reason(e);
            }
        }
        Path other = elsewhere(data, environment);
        requireFree(other);
        Bound bound = listen(other);
        try {
            AtomicFile.write(folder.resolve(ELSEWHERE), other + "\n");
        } catch (IOException e) {
            bound.channel().close();
            Files.deleteIfExists(other);
            throw e;
        }
        LOG.info("kabar ctl finds this server at {}: {} cannot be used, {}", other, own, why);
        return bound;
    }

    private static Bound listen(Path socket) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            SocketFolder.closeToOthers(socket, AtomicFile.OWNER_FILE);
            return new Bound(channel, socket);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes away what a server has left that is dead; that of a living one is respected. */
    private static void requireFree(Path socket) throws IOException {
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!there.isOther()) {
            throw new IOException(socket + " is there and is no socket; move it away");
        }
        if (isAnswered(socket)) {
            throw new IOException("another server listens at " + socket);
        }
        Files.delete(socket);
    }

    private static boolean isAnswered(Path socket) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true; // such as that as many wait as can
        }
    }

    private static Path elsewhere(Path data, Map<String, String> environment) throws IOException {
        Path runtime = HomeFolder.absolute(environment.get("XDG_RUNTIME_DIR"))
                .map(folder -> folder.resolve("kabar"))
                .orElseGet(() -> Path.of(
                        System.getProperty("java.io.tmpdir", "/tmp"), "kabar-" + System.getProperty("user.name", "")));
        SocketFolder.prepare(runtime);
        Path socket = runtime.resolve(name(data.toRealPath()) + ".sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new IOException("the paths of the data folder and of " + runtime + " are both too long for a socket");
        }
        return socket;
    }

    private static String name(Path data) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(data.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Where the server of a data folder listens, if there is one.
     *
     * @throws NoSuchFileException if none does
     * @throws IOException if that cannot be known, or if others could stand in for it
     */
    static Path find(Path data) throws IOException {
        Path folder = data.resolve(FOLDER);
        SocketFolder.requireOwnersOnly(folder);
        Path own = folder.resolve(SOCKET);
        if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            return own;
        }
        Path other = Path.of(
                new String(SmallFile.read(folder.resolve(ELSEWHERE), LONGEST_PLACE), StandardCharsets.UTF_8).strip());
        Path parent = other.getParent();
        if (parent == null || !Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(other.toString());
        }
        SocketFolder.requireOwnersOnly(parent);
        return other;
    }
}

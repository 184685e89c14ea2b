package io.kabar.chat.view.files;

import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.ReadMarker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the users of this device left the rooms of their servers, in a text file: one {@code KEY NAME ROOM NUMBER TIME
 * EPOCH} a line, without the epoch where it is not known. Lines that say more, as those of a later version do, are
 * passed over and stay; what says something else is gone with the next change; the newest {@link #MAX_LINES} stay.
 * Several programs may use one file at a time, and whoever reads it sees it whole: it is replaced, never changed. A
 * file that cannot be read is not written over.
 */
public final class ReadMarkerFile {

    /** Rooms remembered: more than anybody goes back to. */
    static final int MAX_LINES = 1_000;

    /** A file larger than this is none of ours: key, name, room, number and time take at most 400 bytes. */
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;

    /** A file that need not exist yet. */
    public ReadMarkerFile(Path file) {
        this.file = file;
    }

    /** Where a user left the rooms of a server; nothing if the file cannot be read. Blocks. */
    public synchronized Map<RoomName, ReadMarker> read(ServerKey server, UserName user) {
        Map<RoomName, ReadMarker> markers = new HashMap<>();
        Content content;
        try {
            content = content();
        } catch (IOException e) {
            return markers; // as good as none; that it cannot be written either is told by whoever writes
        }
        content.markers().forEach((place, marker) -> {
            if (place.server().equals(server.text()) && place.user().equals(user.key())) {
                markers.put(place.room(), marker);
            }
        });
        return markers;
    }

    /**
     * Keeps where a user left some rooms of a server; what is known of others stays. Blocks.
     *
     * @throws UncheckedIOException with a sentence, if it cannot be written
     */
    @SuppressWarnings("try") // the lock is only held
    public synchronized void write(ServerKey server, UserName user, Map<RoomName, ReadMarker> markers) {
        Path target = file.toAbsolutePath();
        try {
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path lock = target.resolveSibling(target.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                Content content = content();
                markers.forEach(
                        (room, marker) -> content.markers().put(new Place(server.text(), user.key(), room), marker));
                List<String> lines = newest(content.markers());
                lines.addAll(content.others());
                replace(Files.isSymbolicLink(target) ? target.toRealPath() : target, lines);
            }
        } catch (IOException | OverlappingFileLockException e) {
            throw new UncheckedIOException(
                    "Where you left cannot be remembered: " + file + " cannot be written.", asIo(e));
        }
    }

    private static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new IOException(e);
    }

    private static void replace(Path target, List<String> lines) throws IOException {
        Path draft = Files.createTempFile(target.getParent(), ".read_markers", ".tmp");
        try {
            Files.write(draft, lines, StandardCharsets.UTF_8);
            try {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static List<String> newest(Map<Place, ReadMarker> all) {
        return all.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<Place, ReadMarker> entry) -> entry.getValue().at(), Comparator.reverseOrder()))
                .limit(MAX_LINES)
                .map(entry -> entry.getKey().server() + " " + entry.getKey().user() + " "
                        + entry.getKey().room().text() + " " + entry.getValue().sequence() + " "
                        + entry.getValue().at()
                        + (entry.getValue().epoch() == 0
                                ? ""
                                : " " + entry.getValue().epoch()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** What the file holds; nothing only if there is none. */
    private Content content() throws IOException {
        Content content = new Content(new LinkedHashMap<>(), new ArrayList<>());
        byte[] bytes;
        try {
            bytes = EditedText.bytes(file, MAX_BYTES);
        } catch (NoSuchFileException e) {
            return content;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        // Not as UTF-8 by the book: one wrong byte must not cost all lines.
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String line :
                text.substring(text.startsWith("\uFEFF") ? 1 : 0).lines().toList()) {
            content.take(line);
        }
        return content;
    }

    /** Where rooms were left, and the lines that say more than that. */
    private record Content(Map<Place, ReadMarker> markers, List<String> others) {

        void take(String line) {
            List<String> words = Parts.of(line, ' ');
            if (words.size() < 5) {
                return;
            }
            try {
                if (words.size() > 6) {
                    ServerKey.parse(words.get(0));
                    if (others.size() < MAX_LINES) {
                        others.add(line);
                    }
                    return;
                }
                markers.put(
                        new Place(words.get(0), words.get(1), new RoomName(words.get(2))),
                        new ReadMarker(
                                Digits.parseLong(words.get(3)),
                                Instant.parse(words.get(4)),
                                words.size() == 5 ? 0 : Digits.parseLong(words.get(5))));
            } catch (IllegalArgumentException | DateTimeException e) {
                // Damaged: the other lines serve.
            }
        }
    }

    private record Place(String server, String user, RoomName room) {}
}

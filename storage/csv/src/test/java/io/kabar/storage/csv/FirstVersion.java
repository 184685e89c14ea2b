package io.kabar.storage.csv;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What version 0.1 has written, and what it read of that itself: see {@code resources/version-0.1/README.md}. Rooms and
 * events are lines of cells with tabs between them, as that version has told them.
 */
final class FirstVersion {

    static final RoomName ATTIC = RoomName.of("attic");
    static final RoomName CELLAR = RoomName.of("cellar");
    static final RoomName WHISPER = RoomName.of("whisper");

    /** What its conversations are called by accounts; of the two that are the same one the longer goes on. */
    private static final Map<String, String> BY_ACCOUNTS = Map.of(
            "@ada@bob", "@1+2",
            "@ada@bo\u0185", "@1+5",
            "@ada@zo\u00EB", "@1+6",
            "@bob@bo\u0185", "@2+5",
            "@ju1ia@py", "@3+4",
            "@julia@py", "@4+9007199254740991");

    /** As its configuration said. */
    static final RetentionRules RULES = new RetentionRules(Retention.FOREVER, Map.of(WHISPER, Retention.NONE));

    private FirstVersion() {}

    /** The folder, in a place where it may be changed. */
    static Path data(Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open("data.zip"), StandardCharsets.UTF_8)) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                Path file = folder.resolve(each.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, zip.readAllBytes());
            }
        }
        return folder;
    }

    /** A file beside the folder, such as what it exported. */
    static Path file(Path folder, String name) throws IOException {
        try (InputStream in = open(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    /** Room, first and last number, topic, members. */
    static List<String> rooms() throws IOException {
        return lines("rooms.tsv");
    }

    /** Room, number, time, kind, name, message id, text. */
    static List<String> events() throws IOException {
        return lines("events.tsv");
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(FirstVersion::byAccounts)
                    .sorted(Comparator.comparing(FirstVersion::room))
                    .toList();
        }
    }

    private static String room(String line) {
        return line.substring(0, line.indexOf('\t'));
    }

    private static String byAccounts(String line) {
        String room = room(line);
        return BY_ACCOUNTS.getOrDefault(room, room) + line.substring(room.length());
    }

    /** Where a file below the rooms is when its conversation is called by accounts. */
    static String movedTo(String file) {
        String folder = file.substring(0, file.indexOf('/'));
        String now = folder.endsWith("~") ? null : BY_ACCOUNTS.get(URLDecoder.decode(folder, StandardCharsets.UTF_8));
        return now == null ? file : URLEncoder.encode(now, StandardCharsets.UTF_8) + file.substring(folder.length());
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(FirstVersion.class.getResourceAsStream("/version-0.1/" + name), name);
    }

    // What a journal of today says, in the same form

    static OpenJournal journal(Path data) throws IOException {
        return new OpenJournal(data, CsvJournal.Durability.OS, RULES, ChannelFile::open, InstantSource.system());
    }

    static List<String> rooms(OpenJournal journal) {
        List<String> rows = new ArrayList<>();
        new TreeMap<>(journal.kept).forEach((room, kept) -> rows.add(row(room, kept)));
        return rows;
    }

    private static String row(RoomName room, Kept kept) {
        String members = kept.members().stream().map(UserName::text).sorted().collect(Collectors.joining(" "));
        return row(room.text(), kept.first(), kept.last(), kept.topic(), members);
    }

    static List<String> events(OpenJournal journal) {
        List<String> rows = new ArrayList<>();
        for (RoomName room : new TreeMap<>(journal.kept).keySet()) {
            all(journal, room).forEach(entry -> rows.add(row(entry)));
        }
        return rows;
    }

    /** All events of a room, behind holes as well. */
    static List<Entry> all(OpenJournal journal, RoomName room) {
        List<Entry> all = new ArrayList<>();
        long last = Objects.requireNonNull(journal.kept.get(room)).last();
        long from = 1;
        while (from <= last) {
            List<Entry> page = journal.read(room, from, 1_000, 1_000_000).entries();
            if (page.isEmpty()) {
                break;
            }
            all.addAll(page);
            from = page.get(page.size() - 1).event().sequence() + 1;
        }
        return all;
    }

    private static String row(Entry entry) {
        ChatEvent event = entry.event();
        return row(
                event.room().text(),
                event.sequence(),
                event.time(),
                kind(event),
                event.from().text(),
                entry.id(),
                event.text());
    }

    private static String kind(ChatEvent event) {
        if (event.content() instanceof Content.Said said) {
            return said.action() ? "action" : "said";
        }
        return event.isJoined() ? "joined" : event.isLeft() ? "left" : event.isTopic() ? "topic" : "unknown";
    }

    private static String row(Object... cells) {
        return Stream.of(cells)
                .map(cell -> cell.toString()
                        .replace("\\", "\\\\")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t"))
                .collect(Collectors.joining("\t"));
    }
}

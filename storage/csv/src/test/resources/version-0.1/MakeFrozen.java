package io.kabar.daemon.storage;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.server.Account;
import io.kabar.chat.server.Journal.Entry;
import io.kabar.chat.server.Journal;
import io.kabar.chat.server.PasswordVerifier;
import io.kabar.chat.server.ServerSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the folder and the archive of version 0.1, with the classes of version 0.1; see README.md. */
final class MakeFrozen {

    private static final Instant BEGIN = Instant.parse("2026-01-10T08:00:00.123Z");
    private static final Duration DAY = Duration.ofDays(1);
    /** All was written by then. */
    private static final Instant NOW = BEGIN.plus(DAY.multipliedBy(120));

    private static final RoomName WHISPER = RoomName.of("whisper");
    private static final RoomName GARDEN = RoomName.of("garden");
    private static final Retention MONTHS = new Retention(100, Retention.UNBOUNDED);

    private static final RetentionRules RULES = new RetentionRules(
            Retention.FOREVER,
            Map.of(
                    WHISPER,
                    Retention.NONE,
                    GARDEN,
                    MONTHS,
                    RoomName.of("attic"),
                    new Retention(500, Retention.UNBOUNDED),
                    RoomName.of("cellar"),
                    new Retention(500, Retention.UNBOUNDED)));

    private final LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    private long ticket;
    private CsvJournal journal;

    public static void main(String[] args) throws Exception {
        new MakeFrozen().make(Path.of(args[0]));
    }

    private void make(Path out) throws Exception {
        Path folder = out.resolve("data");
        Files.createDirectories(out);
        Path device = out.resolve("device.secret");
        Files.writeString(device, HexFormat.of().formatHex(new byte[32]).replace("00", "7f") + "\n");
        try (DataFolder data = DataFolder.open(folder)) {
            ServerSecret secret = ServerSecret.generate();
            Files.writeString(folder.resolve("server.key"), secret.encode() + "\n");
            Files.writeString(
                    folder.resolve("join.verifier"), PasswordVerifier.derive("lusab-babad-gutih-tugad", 10_000) + "\n");
            Files.writeString(
                    folder.resolve("kabar.toml"),
                    "[history]\nkeep = \"forever\"\n\n[history.rooms]\nwhisper = \"none\"\n");
            accounts(
                    data,
                    secret,
                    HexFormat.of().parseHex(Files.readString(device).strip()));
            journal = new CsvJournal(data, CsvJournal.Durability.OS, RULES, ChannelFile::open, () -> NOW);
            journal.open(commits());
            rooms();
            journal.sweep();
            journal.close();
        }
        break_(folder);
        // What 0.1 finds is set aside in this room, and in no other.
        try (DataFolder data = DataFolder.open(folder)) {
            journal = new CsvJournal(data, CsvJournal.Durability.OS, RULES, ChannelFile::open, () -> NOW);
            journal.open(commits());
            all(RoomName.of("cellar"));
            journal.close();
        }
        tear(folder);
        Files.delete(folder.resolve("lock"));
        Path copy = out.resolve("copy");
        copy(folder, copy);
        DataExport export = new DataExport(copy, Set.of(), null);
        WholeFile.write(out.resolve("archive.zip"), export::archive);
        Files.write(out.resolve("archive.troubles"), export.troubles());
        System.out.println(export.troubles());
        DataExport lines = new DataExport(copy, Set.of(), null);
        WholeFile.write(out.resolve("events.jsonl"), lines::jsonLines);
        dump(copy, out);
    }

    private void accounts(DataFolder data, ServerSecret secret, byte[] device) throws Exception {
        try (CsvAccountStore store = CsvAccountStore.open(data)) {
            int n = 0;
            for (String name : List.of(
                    "ada",
                    "bob",
                    "Julia",
                    "py",
                    "bo\u0185",
                    "Zo\u00eb",
                    "server",
                    "you",
                    "\u0251nna",
                    "\uD800\uDF00\uD800\uDF01",
                    "\u0928\u092E\u0938\u094D\u0924\u0947",
                    "\u0430\u0434\u0430",
                    "x\u0301\u0302\u0303\u0304\u0305\u0306",
                    "\u13A0\u13A1",
                    "a.b-c_d",
                    "\u5C71\u7530\u592A\u90CE",
                    "I",
                    "\u00DF\u00DF",
                    "\u0131\u015F\u0131k",
                    "123",
                    "\u0660\u0661",
                    "\u1E9E")) {
                UserName user = new UserName(name);
                boolean password = n % 3 == 0;
                boolean registered = store.register(new Account(
                        user,
                        password ? Optional.of(PasswordVerifier.derive("secret of " + n, 10_000)) : Optional.empty(),
                        password
                                ? Optional.empty()
                                : Optional.of(HexFormat.of()
                                        .formatHex(NameClaim.stored(NameClaim.claim(
                                                device,
                                                java.util.Base64.getUrlDecoder()
                                                        .decode(secret.key().text()),
                                                user.key())))),
                        n == 0 ? Role.OWNER : n == 1 ? Role.STAFF : Role.MEMBER,
                        BEGIN.plusSeconds(60L * n)));
                System.out.println(name + " " + registered);
                n++;
            }
        }
    }

    private void rooms() throws Exception {
        RoomName lobby = RoomName.LOBBY;
        join(lobby, 0, "ada");
        join(lobby, 0, "bob");
        topic(lobby, 0, "ada", "first topic");
        List<String> texts = List.of(
                "hello",
                "a \"quote\", a comma",
                "two\nlines",
                "=1+1",
                "'apostrophe",
                "@ada look",
                "-1",
                "+1",
                "\ttab",
                "carriage\r\nreturn",
                " blanks around ",
                "\uD83C\uDF39 roses",
                "\u05E9\u05DC\u05D5\u05DD \u202Bright\u202C",
                "\u0001control",
                "\uFEFFmark",
                "x".repeat(16 * 1024),
                "\u0065\u0301 is not \u00E9",
                "''",
                "\"",
                ",",
                "1,2026-01-10T08:00:00Z,said,ada,,fake");
        int i = 0;
        for (String text : texts) {
            said(lobby, 0.01 * ++i, i % 2 == 0 ? "ada" : "bob", text);
        }
        action(lobby, 1, "bob", "waves");
        join(lobby, 1, "Julia");
        left(lobby, 1.5, "bob", "bye, \"all\"");
        topic(lobby, 2, "Julia", "roses, and \"thorns\"\n\u0928");
        said(lobby, 2.5, "bo\u0185", "I am not bob");
        said(lobby, 2.6, "gone", "I have no account");
        said(lobby, 2.7, "ADA", "in capitals");

        for (String name : List.of(
                "l0bby",
                "\u0442\u043E\u0440",
                "top",
                "\uD83C\uDF39",
                "c++",
                "con",
                "%41",
                "a\u0301\u0302\u0303\u0304\u0305\u0306",
                "\uD800\uDF00",
                "\u0939\u093F\u0928\u094D\u0926\u0940",
                "\u00A7\u00A7",
                "i\u0307",
                "\u2603",
                "..",
                "$",
                "m\u043Ex",
                "z".repeat(64),
                "\u6F22".repeat(64))) {
            RoomName room;
            try {
                room = RoomName.of(name);
            } catch (IllegalArgumentException e) {
                System.out.println("room " + name + ": " + e.getMessage());
                continue;
            }
            join(room, 1, "ada");
            said(room, 1.1, "ada", "here");
            topic(room, 1.2, "ada", "of " + name);
        }

        // Days apart, so that segments are many; the oldest are let go.
        topic(GARDEN, 0, "ada", "of old");
        for (int day = 1; day < 120; day += 4) {
            said(GARDEN, day, "py", "day " + day);
        }
        for (RoomName room : List.of(RoomName.of("attic"), RoomName.of("cellar"))) {
            join(room, 0, "py");
            topic(room, 0, "py", "full of things");
            for (int day = 1; day < 120; day += 10) {
                for (int n = 0; n < 6; n++) {
                    said(room, day + 0.001 * n, "py", "thing " + n + " of day " + day);
                }
            }
        }
        RoomName hall = RoomName.of("hall");
        for (int n = 0; n < 300; n++) {
            said(hall, 3 + 0.001 * n, n % 2 == 0 ? "ada" : "Zo\u00eb", "number " + n);
        }
        for (int n = 0; n < 5; n++) {
            said(WHISPER, 4 + n, "ada", "not kept " + n);
        }
        RoomName torn = RoomName.of("torn");
        for (int n = 0; n < 4; n++) {
            said(torn, 5 + n, "ada", "said before the light went out " + n);
        }

        // Julia, whose name was typed in two ways.
        for (String name : List.of("ju1ia", "julia")) {
            RoomName two = RoomName.direct(new UserName(name), new UserName("py"));
            join(two, 6, "py");
            said(two, 6.1, "py", "to " + name);
            said(two, 6.2, "Julia", "as " + name);
        }
        said(RoomName.of("@ju1ia@py"), 6.3, "py", "this one is longer");
        said(RoomName.of("\u0442\u043E\u0440"), 6.4, "ada", "this one, too");
        RoomName two = RoomName.direct(new UserName("Zo\u00eb"), new UserName("ada"));
        said(two, 7, "ada", "between us");
        said(two, 7, "Zo\u00eb", "yes");
        // Of two who look alike today.
        RoomName alike = RoomName.direct(new UserName("bob"), new UserName("bo\u0185"));
        said(alike, 7, "bob", "are you me?");
        said(alike, 8, "bo\u0185", "no");
        said(RoomName.direct(new UserName("bo\u0185"), new UserName("ada")), 8, "bo\u0185", "I am not bob, ada");
        said(RoomName.direct(new UserName("bob"), new UserName("ada")), 8, "bob", "I am bob, ada");
    }

    private void break_(Path data) throws IOException {
        for (String room : List.of("attic", "cellar")) {
            List<Path> segments = segments(data, room);
            System.out.println(room + " " + segments.size());
            damage(segments.get(1));
        }
    }

    /** The fourth event is no event any more. */
    private static void damage(Path segment) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(segment));
        lines.set(4, "###" + lines.get(4).substring(3));
        Files.writeString(segment, String.join("\n", lines) + "\n");
    }

    private static void tear(Path data) throws IOException {
        Path torn = segments(data, "torn").get(0);
        String text = Files.readString(torn);
        Files.writeString(torn, text.substring(0, text.length() - 9));
    }

    private static List<Path> segments(Path data, String room) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("rooms").resolve(room))) {
            return files.filter(file -> file.toString().endsWith(".csv")
                            && file.getFileName().toString().startsWith("messages"))
                    .sorted()
                    .toList();
        }
    }

    /** What 0.1 itself reads there. */
    private void dump(Path copy, Path out) throws Exception {
        StringBuilder events = new StringBuilder();
        StringBuilder rooms = new StringBuilder();
        try (DataFolder data = DataFolder.open(copy)) {
            journal = new CsvJournal(data, CsvJournal.Durability.OS, RULES, ChannelFile::open, () -> NOW);
            Map<RoomName, Journal.Kept> kept = new TreeMap<>(journal.open(commits()));
            kept.forEach((room, of) -> rooms.append(row(
                    room.text(),
                    of.first(),
                    of.last(),
                    of.topic(),
                    of.members().stream().map(UserName::text).sorted().collect(Collectors.joining(" ")))));
            for (RoomName room : kept.keySet()) {
                for (Entry entry : all(room)) {
                    ChatEvent e = entry.event();
                    events.append(row(
                            room.text(),
                            e.sequence(),
                            e.time(),
                            kind(e),
                            e.from().text(),
                            entry.id(),
                            CsvEvents.text(e)));
                }
            }
            journal.close();
        }
        Files.writeString(out.resolve("rooms.tsv"), rooms);
        Files.writeString(out.resolve("events.tsv"), events);
    }

    private static String kind(ChatEvent e) {
        if (e instanceof ChatEvent.Said said) {
            return said.action() ? "action" : "said";
        }
        return e instanceof ChatEvent.Joined ? "joined" : e instanceof ChatEvent.Left ? "left" : "topic";
    }

    private static String row(Object... cells) {
        return Stream.of(cells)
                        .map(cell -> cell.toString()
                                .replace("\\", "\\\\")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t"))
                        .collect(Collectors.joining("\t"))
                + "\n";
    }

    @SuppressWarnings("unchecked")
    private List<Entry> all(RoomName room) throws InterruptedException {
        List<Entry> all = new ArrayList<>();
        long from = 1;
        int empty = 0;
        while (empty < 3) {
            answers.clear();
            journal.read(++ticket, room, from, 10_000, 100_000_000);
            Object answer = answers.take();
            List<Entry> page = answer instanceof List<?> list ? (List<Entry>) list : List.of();
            all.addAll(page);
            empty = page.isEmpty() ? empty + 1 : 0;
            from = all.isEmpty() ? 1 : all.get(all.size() - 1).event().sequence() + 1;
        }
        return all;
    }

    private void join(RoomName room, double day, String who) throws InterruptedException {
        put(new ChatEvent.Joined(room, 0, at(day), new UserName(who)), MessageId.NONE);
    }

    private void left(RoomName room, double day, String who, String reason) throws InterruptedException {
        put(new ChatEvent.Left(room, 0, at(day), new UserName(who), reason), MessageId.NONE);
    }

    private void said(RoomName room, double day, String who, String text) throws InterruptedException {
        put(new ChatEvent.Said(room, 0, at(day), new UserName(who), text, false), id());
    }

    private void action(RoomName room, double day, String who, String text) throws InterruptedException {
        put(new ChatEvent.Said(room, 0, at(day), new UserName(who), text, true), id());
    }

    private void topic(RoomName room, double day, String who, String text) throws InterruptedException {
        put(new ChatEvent.Topic(room, 0, at(day), new UserName(who), text), id());
    }

    private MessageId id() {
        return MessageId.of("frozen", Long.toString(ticket));
    }

    private static Instant at(double day) {
        return BEGIN.plusMillis((long) (day * DAY.toMillis()));
    }

    private void put(ChatEvent draft, MessageId id) throws InterruptedException {
        journal.propose(new Journal.Proposal(++ticket, draft, id));
        Object answer = answers.take();
        if (!(answer instanceof Entry)) {
            System.out.println(draft.room() + ": " + answer);
        }
    }

    private Journal.Commits commits() {
        return new Journal.Commits() {
            @Override
            public void committed(long ticket, Entry entry) {
                answers.add(entry);
            }

            @Override
            public void refused(long ticket, Refusal refusal) {
                answers.add(refusal);
            }

            @Override
            public void onRead(long ticket, RoomName room, long first, List<Entry> entries) {
                answers.add(entries);
            }

            @Override
            public void readFailed(long ticket, RoomName room) {
                answers.add("failed");
            }

            @Override
            public void forgotten(RoomName room, long first) {
                System.out.println(room + " forgotten before " + first);
            }

            @Override
            public void warning(String sentence) {
                System.out.println("warning: " + sentence);
            }
        };
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}

package io.kabar.storage.csv.room;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.internal.text.Parts;
import io.kabar.storage.csv.layout.Aside;
import io.kabar.storage.csv.layout.KeptSnapshots;
import io.kabar.storage.csv.segment.FolderName;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentDamage;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each file and folder below {@code rooms} is, before anything is written there. A file that may be a part of a
 * room's log and has no place in it is never passed over: the log would begin anew beside it, with numbers that were
 * given already. Whoever writes refuses such a folder, and whoever only reads says that it did not read all.
 */
public final class Placement {

    private static final String LOG = "messages-";

    private static final Set<String> BESIDE_THE_LOG =
            Set.of("room.csv", "epochs.csv", "members.csv", "deleted.csv", "last.csv");

    private final Path rooms;
    private final List<RoomFolder> found = new ArrayList<>();
    private final Map<RoomFolder, List<Path>> foreign = new LinkedHashMap<>();
    private final List<String> unplaced = new ArrayList<>();
    private final List<Path> ignored = new ArrayList<>();
    private final List<String> renamed = new ArrayList<>();
    /** Conversations that are called by the names of their people still. */
    private final List<Former> former = new ArrayList<>();

    /** How long the log is tells which of several of the same two people goes on. */
    private record Former(Path folder, List<UserName> people, long bytes) {}

    private Placement(Path rooms) {
        this.rooms = rooms;
    }

    /** Looks at everything and changes nothing. */
    public static Placement of(Path rooms) throws IOException {
        Placement placement = new Placement(rooms);
        placement.look(false);
        return placement;
    }

    /**
     * For whoever holds the folder: gives segments and conversations the names they should have, where that leaves no
     * doubt.
     *
     * @throws IOException in sentences, if something has no place; then nobody may write
     */
    public static Placement complete(Path rooms) throws IOException {
        Placement placement = new Placement(rooms);
        placement.look(true);
        for (Map.Entry<RoomFolder, List<Path>> entry : placement.foreign.entrySet()) {
            placement.rename(entry.getKey(), entry.getValue());
        }
        placement.foreign.clear();
        if (!placement.unplaced.isEmpty()) {
            throw new Unplaced(String.join(" ", placement.unplaced));
        }
        return placement;
    }

    /** The rooms, in the order of their folders. */
    public List<RoomFolder> rooms() {
        return List.copyOf(found);
    }

    /** What stops a start, in sentences that name the file and say what to do. */
    public List<String> misplaced() {
        return List.copyOf(unplaced);
    }

    /** What has no place, in sentences that name the file and say what to do. */
    public List<String> unplaced() {
        List<String> all = new ArrayList<>(unplaced);
        foreign.values()
                .forEach(files -> files.forEach(file -> all.add("The file " + file
                        + " is named in the digits of another script and was left out: the next start of the"
                        + " server gives it its name.")));
        return all;
    }

    /** Files and folders that are nobody's. */
    public List<Path> ignored() {
        return List.copyOf(ignored);
    }

    /** Files that have got the names they should have, in sentences. */
    public List<String> renamed() {
        return List.copyOf(renamed);
    }

    private void look(boolean renames) throws IOException {
        if (Files.exists(rooms)) {
            lookInto(rooms, "");
            nameConversations(renames);
        }
    }

    private void lookInto(Path parent, String prefix) throws IOException {
        for (Path each : list(parent)) {
            String name = String.valueOf(each.getFileName());
            if (!Files.isDirectory(each)) {
                stray(each, prefix);
            } else if (FolderName.goesOn(name)) {
                lookInto(each, prefix + FolderName.part(name));
            } else {
                folder(each, prefix + name);
            }
        }
    }

    private void folder(Path path, String encoded) throws IOException {
        RoomFolder folder = RoomFolder.at(rooms, path, encoded);
        Optional<List<UserName>> people = people(path, encoded);
        if (people.isPresent()) {
            former.add(new Former(path, people.get(), bytes(path)));
        } else if (folder != null) {
            found.add(folder);
            look(folder);
        } else if (holdsLog(path)) {
            unplaced.add("The folder " + path + " holds messages and its name is not one that Kabar gives to a room's"
                    + " folder: give it back the name it had, or move it out of " + rooms + ".");
        } else {
            ignored.add(path);
        }
    }

    /** The two of a conversation to which version 0.1 has given this place; empty if it is not such a place. */
    private Optional<List<UserName>> people(Path path, String encoded) {
        return FolderName.name(rooms, path, encoded).flatMap(FormerConversations::people);
    }

    /** The longest first: of several of the same two people it is the one that goes on. */
    private void nameConversations(boolean renames) throws IOException {
        if (former.isEmpty()) {
            return;
        }
        FormerConversations all = FormerConversations.in(rooms);
        former.sort(Comparator.comparing(Former::bytes).reversed());
        for (Former each : former) {
            Path folder = each.folder();
            RoomFolder named = all.place(rooms, each.people());
            if (renames) {
                FormerConversations.rename(folder, named);
                renamed.add("the conversation in " + folder + " is called by the accounts of its people now and is in "
                        + named.path());
            }
            RoomFolder there = renames ? named : new RoomFolder(named.room(), folder);
            found.add(there);
            look(there);
        }
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : list(folder)) {
            bytes += isLog(String.valueOf(file.getFileName())) ? Files.size(file) : 0;
        }
        return bytes;
    }

    private void look(RoomFolder folder) throws IOException {
        for (Path file : list(folder.path())) {
            String name = String.valueOf(file.getFileName());
            if ((folder.isSegment(name) || RoomFolder.isBeyond(file)) && Files.isRegularFile(file)) {
                continue;
            }
            if ((folder.isSegment(name) || isBeside(name)) && !Files.isRegularFile(file)) {
                unplaced.add(
                        isBroken(file)
                                ? file
                                        + " is a link to something that is not there: bring that back, or remove the "
                                        + "link."
                                : file + " is no file: move it away, and put a copy of what was there in its place.");
                continue;
            }
            if (isForeign(name) && Files.isRegularFile(file)) {
                foreign.computeIfAbsent(folder, key -> new ArrayList<>()).add(file);
            } else if (isLog(name) && !name.endsWith(".index") && !name.endsWith(".damaged")) {
                unplaced.add(
                        "The file " + file + " has no place in the log of " + folder.room() + ", of which the files"
                                + " are called messages-000000000001.csv, with the number of their first event: move "
                                + "it out of the folder, or give it back the name it had.");
            } else if (!isOurs(name)) {
                ignored.add(file);
            }
        }
    }

    private void stray(Path file, String prefix) {
        String name = String.valueOf(file.getFileName());
        if (RoomFolder.at(rooms, file, prefix + name) != null
                || people(file, prefix + name).isPresent()) {
            unplaced.add(
                    isBroken(file)
                            ? file + " is a link to something that is not there: bring that back, or remove the link."
                            : file + " is a file, and in its place belongs the folder of a room: move it out of "
                                    + rooms + ".");
        } else if (isLog(name)) {
            unplaced.add("The file " + file + " is a part of a log and lies in no room's folder: move it back into the"
                    + " room's folder, or out of " + rooms + ".");
        } else if (!isOurs(name)) {
            ignored.add(file);
        }
    }

    private static boolean holdsLog(Path folder) throws IOException {
        try {
            for (Path each : list(folder)) {
                if (isLog(String.valueOf(each.getFileName())) || (isRealFolder(each) && holdsLog(each))) {
                    return true;
                }
            }
        } catch (AccessDeniedException e) {
            return false; // such as lost+found: of this server it cannot be
        }
        return false;
    }

    private static boolean isBroken(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file);
    }

    private static boolean isRealFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** In any case of letters: some disks do not tell them apart. */
    private static boolean isLog(String name) {
        return name.regionMatches(true, 0, LOG, 0, LOG.length());
    }

    /** Whether a segment was named in digits of another script, as version 0.1 did where the locale has its own. */
    private static boolean isForeign(String name) {
        String digits = Parts.between(LOG, name, ".csv");
        if (digits == null || !Parts.areAll(digits, c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER)) {
            return false;
        }
        int length = digits.codePointCount(0, digits.length());
        return length >= RoomFolder.NUMBER_DIGITS
                && length <= RoomFolder.MOST_DIGITS
                && !digits.codePoints().allMatch(Parts::isDigit);
    }

    private static boolean isBeside(String name) {
        return BESIDE_THE_LOG.contains(name) || KeptSnapshots.isOne(name);
    }

    /** Files beside the log, and those that a crash has left half written. */
    private static boolean isOurs(String name) {
        return isLog(name)
                || isBeside(name)
                || name.endsWith(Aside.DAMAGED)
                || (name.startsWith(".") && name.endsWith(".tmp"));
    }

    private void rename(RoomFolder folder, List<Path> files) throws IOException {
        Map<Long, Path> byNumber = new TreeMap<>();
        for (Path file : files) {
            long number = number(String.valueOf(file.getFileName()));
            Path other = byNumber.putIfAbsent(number, file);
            Path taken = other != null ? other : folder.segment(number);
            if (other != null || Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
                twoHistories(folder, file, taken);
                return;
            }
        }
        for (Map.Entry<Long, Path> entry : byNumber.entrySet()) {
            Files.move(entry.getValue(), folder.segment(entry.getKey()), StandardCopyOption.ATOMIC_MOVE);
        }
        long overlapping = firstThatOverlaps(folder);
        if (overlapping != 0) {
            for (Map.Entry<Long, Path> entry : byNumber.entrySet()) {
                Files.move(folder.segment(entry.getKey()), entry.getValue(), StandardCopyOption.ATOMIC_MOVE);
            }
            twoHistories(folder, files.get(0), folder.segment(overlapping));
            return;
        }
        byNumber.forEach((number, file) -> renamed.add("the file " + file
                + " was named in the digits of another script and is now " + folder.segment(number)));
    }

    private void twoHistories(RoomFolder folder, Path file, Path other) {
        unplaced.add("The file " + file + " was named in the digits of another script and cannot be put in its place,"
                + " because numbers of its events are given again in " + other + ": " + folder.room()
                + " has two histories. Move one of them out of the folder; what was moved can be brought back behind"
                + " the other as the archive of another folder, with kabar import --append.");
    }

    /**
     * The number of a segment that does not begin with its number, or ends behind the next one's; 0 if there is none.
     */
    private static long firstThatOverlaps(RoomFolder folder) throws IOException {
        long[] segments = folder.segments();
        for (int i = 0; i < segments.length; i++) {
            long next = i + 1 < segments.length ? segments[i + 1] : Long.MAX_VALUE;
            try (SegmentEvents events = SegmentEvents.from(folder, segments[i], segments[i], Long.MAX_VALUE, false)) {
                while (events.next() != null) {
                    if (events.last() >= next) {
                        return segments[i];
                    }
                }
            } catch (SegmentDamage e) {
                if (e.lastGood() < segments[i]) {
                    return segments[i];
                }
            }
        }
        return 0;
    }

    /** The number in the name, whatever its script. */
    private static long number(String name) {
        return Digits.parseLong(asciiDigits(name.substring(LOG.length(), name.length() - ".csv".length())));
    }

    /** Digits of any script as those of ASCII; empty if there is anything else. */
    @ForPeople("names that version 0.1 wrote in the digits of the machine's locale")
    public static String asciiDigits(String digits) {
        StringBuilder ascii = new StringBuilder();
        for (int c : digits.codePoints().toArray()) {
            int digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(c, 10) : -1;
            if (digit < 0) {
                return "";
            }
            ascii.append(digit);
        }
        return ascii.toString();
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        all.sort(null);
        return all;
    }

    /** Something below {@code rooms} has no place; the message is one sentence or more, for a person. */
    public static final class Unplaced extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Unplaced(String sentences) {
            super(sentences);
        }
    }
}

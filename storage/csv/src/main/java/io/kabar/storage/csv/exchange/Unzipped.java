package io.kabar.storage.csv.exchange;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.layout.FolderParts;
import io.kabar.storage.csv.layout.KeptSnapshots;
import io.kabar.storage.csv.room.Placement;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An archive, unpacked as far as its files have names that {@link DataExport} gives, for the owner's eyes only. No
 * other name is ever used as a path, and nothing in it is believed: neither how long a file is nor how many there are.
 *
 * @param isData whether there was a room or an account in it
 */
public record Unzipped(boolean isData) {

    /** Far more than the longest name of a room makes. */
    private static final int LONGEST_NAME = 2_000;

    private static final String LOG = "messages-";

    /** A segment has 4 MiB and one write; a person may have put some together. */
    private static final long LONGEST_SEGMENT = 256L << 20;
    /** Some million accounts. */
    private static final long LONGEST_USERS = 256L << 20;

    private static final long LONGEST_OTHER = 1L << 20;

    /**
     * Logs are packed to a tenth, but where somebody has said the same letter again and again to as little as the
     * format can, a 1032nd, which is no reason not to have the copy back. More than that there is only where files
     * share what is packed.
     */
    private static final long RATIO = 1_100;
    /** What is unpacked, and the logs that are made of it. */
    private static final long COPIES = 2;
    /** Of the heap, for the list of an archive's files, which the JDK holds in memory three times. */
    private static final int LIST_SHARE = 8;

    public static Unzipped into(Path folder, Path file, ImportReport report) throws IOException {
        checkList(file);
        Unpacking unpacking = new Unpacking(folder, mostBytes(folder, file), report);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                unpacking.entry(zip, entries.nextElement());
            }
        } catch (ZipException e) {
            throw new IOException("it is no whole zip archive", e);
        }
        return new Unzipped(unpacking.data);
    }

    private static void checkList(Path file) throws IOException {
        long bytes = ZipDirectory.bytes(file);
        long most = Runtime.getRuntime().maxMemory() / LIST_SHARE;
        if (bytes > most) {
            throw new IOException("its list of files has " + bytes
                    + " bytes, and with this much memory (-Xmx) no more than " + most + " can be held");
        }
    }

    private static long mostBytes(Path folder, Path file) throws IOException {
        long byRatio = Files.size(file) * RATIO + LONGEST_OTHER;
        Files.createDirectories(folder, AtomicFile.mode(folder, AtomicFile.OWNER_FOLDER));
        long space = Files.getFileStore(folder).getUsableSpace() / COPIES;
        return Math.min(byRatio, space);
    }

    private static boolean isRoomFolder(String name) {
        String path = Parts.between("rooms/", name, "/");
        return path != null
                && Parts.areAll(
                        path,
                        c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'F')
                                || Parts.isDigit(c)
                                || "_%~/-".indexOf(c) >= 0);
    }

    /** The name a file has when it is unpacked; null if it is no part of a data folder. */
    private static @Nullable String place(String name) throws IOException {
        if (name.equals(FolderParts.USERS)
                || name.equals(FolderParts.RECORDS)
                || name.equals(FolderParts.DEVICES)
                || name.equals(DataFormat.FILE)
                || DataExport.SECRETS.contains(name)) {
            return name;
        }
        int slash = name.lastIndexOf('/') + 1;
        if (name.length() > LONGEST_NAME || name.contains("//") || !isRoomFolder(name.substring(0, slash))) {
            return null;
        }
        String last = name.substring(slash);
        if (last.equals("messages.csv")) {
            throw new IOException("it is the copy of what one person said, without what others answered");
        } else if (last.equals("room.csv")
                || last.equals("last.csv")
                || last.equals("epochs.csv")
                || KeptSnapshots.isOne(last)) {
            return name;
        } else if (!last.startsWith(LOG) || last.endsWith(".index")) {
            return null;
        } else if (!last.endsWith(".csv")) {
            throw new IOException("the file " + name + " in it is a part of a log and has no place there");
        }
        return name.substring(0, slash) + LOG + number(last, name) + ".csv";
    }

    /** Copies of version 0.1 may have the number in digits of another script. */
    private static String number(String segment, String name) throws IOException {
        String digits = Placement.asciiDigits(segment.substring(LOG.length(), segment.length() - ".csv".length()));
        if (digits.length() < RoomFolder.NUMBER_DIGITS
                || digits.length() > RoomFolder.MOST_DIGITS
                || !digits.equals(Digits.padded(Digits.parseLong(digits), RoomFolder.NUMBER_DIGITS))) {
            throw new IOException("the file " + name + " in it is a part of a log and has no place there");
        }
        return digits;
    }

    private static long longest(String name) {
        if (name.equals(FolderParts.USERS) || name.equals(FolderParts.RECORDS) || name.equals(FolderParts.DEVICES)) {
            return LONGEST_USERS;
        }
        return name.contains("/" + LOG) ? LONGEST_SEGMENT : LONGEST_OTHER;
    }

    /** One run through an archive. */
    private static final class Unpacking {
        private final Path folder;
        private final ImportReport report;
        private final byte[] buffer = new byte[64 * 1024];
        private long left;
        private boolean data;

        Unpacking(Path folder, long most, ImportReport report) {
            this.folder = folder;
            this.report = report;
            left = most;
        }

        void entry(ZipFile zip, ZipEntry entry) throws IOException {
            if (entry.isDirectory()) {
                return;
            }
            String name = place(entry.getName());
            if (name == null) {
                report.leftOut("files of the archive that are no part of a data folder", shown(entry.getName()));
                return;
            }
            Path target = folder.resolve(name);
            Files.createDirectories(target.getParent(), AtomicFile.mode(target, AtomicFile.OWNER_FOLDER));
            try (InputStream in = zip.getInputStream(entry);
                    FileChannel channel = FileChannel.open(
                            target,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            AtomicFile.mode(target, AtomicFile.OWNER_FILE));
                    OutputStream out = Channels.newOutputStream(channel)) {
                copy(in, out, name);
            } catch (FileAlreadyExistsException e) {
                throw new IOException("the file " + name + " is in it twice", e);
            }
            data |= name.equals(FolderParts.USERS) || name.contains("/");
        }

        private void copy(InputStream in, OutputStream out, String name) throws IOException {
            long length = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                length += read;
                left -= read;
                if (length > longest(name)) {
                    throw new IOException("the file " + name + " in it is longer than " + longest(name) + " bytes");
                } else if (left < 0) {
                    throw new IOException("it unpacks to more than " + RATIO
                            + " times its size, or to more than the disk has space for");
                }
                out.write(buffer, 0, read);
            }
        }

        /** Another's name, for a person. */
        private static String shown(String name) {
            String shown = name.codePoints()
                    .limit(100)
                    .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            return shown.length() < name.length() ? shown + "..." : shown;
        }
    }
}

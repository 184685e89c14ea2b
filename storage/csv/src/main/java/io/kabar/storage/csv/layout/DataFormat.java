package io.kabar.storage.csv.layout;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The version of what lies in a data folder, in its file {@code format}: {@code kabar 3}. A program that meets a newer
 * one leaves the folder alone, because what it cannot read it would write over. Folders of version 0.1 have
 * no such file, or format 2, whose events name no accounts.
 */
public final class DataFormat {

    /** What this program writes. */
    static final int CURRENT = 3;

    public static final String FILE = "format";

    /** Enough for the line, and for blanks and a byte order mark that an editor may have left. */
    private static final int LONGEST = 256;

    /** Without one of these a folder holds nothing of a server's. */
    private static final List<String> PARTS = List.of(FILE, FolderParts.ROOMS, FolderParts.USERS, FolderParts.KEY);

    private DataFormat() {}

    public static String text() {
        return "kabar " + CURRENT + "\n";
    }

    /**
     * Looks whether a folder holds anything of a server's.
     *
     * @throws IOException in a sentence, if it does not, if it is not there, or if nobody can tell
     */
    public static void requireDataFolder(Path folder) throws IOException {
        boolean found;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, DataFormat::isPartOfData)) {
            found = parts.iterator().hasNext();
        } catch (NoSuchFileException e) {
            throw new IOException("There is no data folder " + folder + ".", e);
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        if (!found) {
            throw new IOException(folder + " is no data folder: there is no room and no account in it.");
        }
    }

    private static boolean isPartOfData(Path each) {
        return PARTS.contains(String.valueOf(each.getFileName()));
    }

    private static IOException unreadable(Path folder, IOException why) {
        return new IOException("The data folder " + folder + " cannot be read: " + FileTrouble.reason(why) + ".", why);
    }

    /**
     * Whether a folder may be read by this program.
     *
     * @throws IOException in a sentence, if it may not
     */
    public static void check(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        String text;
        try {
            text = new String(SmallFile.read(file, LONGEST), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new FolderParts.Unusable("The file " + file + ", which tells the format of the data, cannot be read: "
                    + FileTrouble.reason(e) + ".");
        }
        String digits =
                Parts.between("kabar ", (text.startsWith("\uFEFF") ? text.substring(1) : text).stripTrailing(), "");
        if (digits == null || !Parts.isDigits(digits, 1, 9)) {
            throw new FolderParts.Unusable(
                    "The file " + file + " does not tell the format of the data: it should hold \"kabar " + CURRENT
                            + "\". Put a copy back, or remove it if no newer Kabar has used the folder.");
        }
        int version = Digits.parseInt(digits);
        if (version > CURRENT) {
            throw new FolderParts.Unusable("The file " + file + " says that the data is of format " + version
                    + ", and this Kabar knows formats up to " + CURRENT + ": use the newer Kabar that wrote it.");
        }
    }

    /** Marks a folder that was checked; a disk that takes nothing is asked again at the next start. */
    @SuppressWarnings("EmptyCatch")
    public static void mark(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)
                    || !new String(SmallFile.read(file, LONGEST), StandardCharsets.UTF_8)
                            .strip()
                            .equals(text().strip())) {
                AtomicFile.write(file, text());
            }
        } catch (IOException e) {
            // A full disk is no reason not to serve what is on it.
        }
    }
}

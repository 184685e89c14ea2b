package io.kabar.storage.csv.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What lies in a data folder under which name. Something that is there and cannot be what it should be is never taken
 * for not there, because what is not there is made anew: a new key, accounts without owners, rooms that begin with
 * event 1.
 */
public final class FolderParts {

    public static final String ROOMS = "rooms";
    public static final String USERS = "users.csv";
    public static final String NAMES = "names.csv";
    public static final String KEY = "server.key";
    public static final String VERIFIER = "join.verifier";
    public static final String DEVICES = "devices.csv";
    public static final String IDS = "ids.csv";
    public static final String RECORDS = "records.csv";
    /** What an import has not finished. */
    public static final String IMPORT = ".import";

    /** Files that must be files, if they are there. */
    private static final Set<String> FILES = Set.of(
            USERS,
            NAMES,
            KEY,
            VERIFIER,
            DEVICES,
            IDS,
            RECORDS,
            DataFormat.FILE,
            FolderClock.FILE,
            ToldNames.ACCOUNTS,
            ToldNames.ROOMS);

    /** What names the server, lets somebody in, or was said. */
    public static final List<String> PRIVATE =
            List.of(KEY, VERIFIER, USERS, NAMES, DEVICES, IDS, RECORDS, ToldNames.ACCOUNTS, ToldNames.ROOMS, ROOMS);

    private FolderParts() {}

    /** Whether a server has put something of this name there. */
    public static boolean isPart(String name) {
        return FILES.contains(name) || name.equals(ROOMS);
    }

    /**
     * Looks whether each part can be what it should be.
     *
     * @throws Unusable in a sentence that names the file that cannot
     */
    public static void check(Path folder) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                check(folder, each, String.valueOf(each.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void check(Path folder, Path each, String name) throws Unusable {
        if (!isPart(name)) {
            String meant = otherwiseSpelled(name);
            if (!meant.isEmpty() && !Files.exists(folder.resolve(meant), LinkOption.NOFOLLOW_LINKS)) {
                throw new Unusable(
                        each + " is not called " + meant + ", and there is no " + meant + ": give it back its name.");
            }
        } else if (Files.isSymbolicLink(each) && !Files.exists(each)) {
            throw new Unusable(
                    each + " is a link to something that is not there: bring that back, or remove the link.");
        } else if (Files.isDirectory(each) != name.equals(ROOMS)) {
            throw new Unusable(each + " is " + (name.equals(ROOMS) ? "no folder" : "a folder and should be a file")
                    + ": move it away, and put a copy of what was there in its place.");
        }
    }

    /** The part that is called so but for capitals, as some disks and programs change names; empty if there is none. */
    private static String otherwiseSpelled(String name) {
        if (name.equalsIgnoreCase(ROOMS)) {
            return ROOMS;
        }
        return FILES.stream().filter(name::equalsIgnoreCase).findFirst().orElse("");
    }

    /** A folder that no server may use as it is; the message is a sentence. */
    public static final class Unusable extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Unusable(String sentence) {
            super(sentence);
        }
    }
}

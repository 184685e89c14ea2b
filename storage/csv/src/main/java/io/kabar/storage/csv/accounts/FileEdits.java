package io.kabar.storage.csv.accounts;

import io.kabar.storage.csv.files.FileStamp;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people change in a file while a server runs: finds out whether they did, reads it once it has settled, and tells
 * an operator once what cannot be read. For one thread at a time.
 */
public final class FileEdits {

    private static final Logger LOG = LoggerFactory.getLogger(FileEdits.class);

    /** Younger, a file may not have been saved to its end, and may be saved again without another time. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** Makes something of the bytes of a file. */
    interface Parser<T> {

        /**
         * What is in it.
         *
         * @throws IOException in a sentence, if it is damaged
         */
        T parse(byte[] bytes) throws IOException;
    }

    private final Path path;
    private final AccountFile file;
    private final InstantSource clock;
    private final String what;
    private final String until;

    private @Nullable FileStamp damaged;
    private @Nullable FileStamp unreadable;
    private boolean goneTold;

    /**
     * Nothing was edited yet.
     *
     * @param what is in the file, in the plural
     * @param until what does not happen until a file that cannot be read is mended
     */
    FileEdits(Path path, AccountFile file, InstantSource clock, String what, String until) {
        this.path = path;
        this.file = file;
        this.clock = clock;
        this.what = what;
        this.until = until;
    }

    /**
     * What a person has made of the file since the last look; null if nobody has changed it.
     *
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    <T> @Nullable T next(Parser<T> parser) throws IOException {
        FileStamp stamp = FileStamp.of(path);
        if (file.isKnown(stamp) || isBeingWritten(stamp)) {
            return null;
        }
        byte[] bytes;
        T edit;
        try {
            bytes = file.read(stamp);
            if (bytes == null) {
                return null; // it holds what it should
            }
            edit = parser.parse(bytes);
        } catch (AccountFile.BeingEdited | NoSuchFileException e) {
            throw e; // over in a second, or told by the next look
        } catch (FileSystemException e) {
            // Asked again: rights and disks come back without changing the file.
            if (!stamp.equals(unreadable)) {
                LOG.warn(
                        "The {} in {} cannot be read: {}. The {} from before stay in force, and {}.",
                        what,
                        path,
                        FileTrouble.reason(e),
                        what,
                        until);
            }
            unreadable = stamp;
            throw e;
        } catch (IOException e) {
            damaged = stamp;
            LOG.warn("{} The {} from before stay in force, and {}.", e.getMessage(), what, until);
            throw e;
        }
        damaged = null;
        unreadable = null;
        file.accept(stamp, bytes);
        return edit;
    }

    /**
     * Whether the file is too young to be read, and what is in it is the server's own.
     *
     * @throws IOException in half a sentence, if it cannot be read for another reason
     */
    private boolean isBeingWritten(FileStamp stamp) throws IOException {
        if (stamp.equals(damaged)) {
            throw new IOException(path.getFileName() + " was edited and cannot be read");
        }
        if (stamp.isNone()) {
            if (!goneTold) {
                LOG.warn("{} is gone. The {} from before stay in force, and {}.", path, what, until);
            }
            goneTold = true;
            throw new IOException(path.getFileName() + " is gone");
        }
        goneTold = false;
        if (!stamp.isYounger(SETTLED, clock.instant())) {
            return false;
        }
        if (file.isOurs(stamp)) {
            return true;
        }
        throw new AccountFile.BeingEdited(path);
    }
}

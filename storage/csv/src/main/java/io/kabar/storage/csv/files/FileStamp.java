package io.kabar.storage.csv.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By what a file is seen to have changed, once its time is not of the present any more. */
public record FileStamp(
        long size, FileTime modified, @Nullable Object key) {

    private static final FileStamp NONE = new FileStamp(-1, FileTime.fromMillis(0), null);

    /** Of a file, as it is now; {@link #isNone} if there is none. */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(now.size(), now.lastModifiedTime(), now.fileKey());
        } catch (IOException e) {
            return NONE;
        }
    }

    public boolean isNone() {
        return size < 0;
    }

    public boolean isYounger(Duration age, Instant now) {
        Duration since = Duration.between(modified.toInstant(), now);
        return !since.isNegative() && since.compareTo(age) < 0;
    }
}

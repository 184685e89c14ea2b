package io.kabar.storage.csv.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Words for what went wrong with a file: the JDK's messages are often the bare path. */
public final class FileTrouble {

    private FileTrouble() {}

    /** Which file it was, and what was wrong with it: half a sentence, to follow a colon. */
    public static String place(IOException e) {
        String file = e instanceof FileSystemException f ? f.getFile() : null;
        return (file == null ? "" : file + ": ") + reason(e);
    }

    /** Half a sentence, to follow a colon. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        } else if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NotDirectoryException) {
            return "it is no folder";
        } else if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        } else if (e instanceof FileSystemException f && f.getReason() != null) {
            return Objects.requireNonNull(f.getReason());
        }
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}

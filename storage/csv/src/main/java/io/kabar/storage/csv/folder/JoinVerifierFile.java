package io.kabar.storage.csv.folder;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is kept of the password that lets people in: a {@link PasswordVerifier} in {@code join.verifier}. */
public final class JoinVerifierFile {

    /** One line; anything longer is another file. */
    private static final int LONGEST = 4096;

    private JoinVerifierFile() {}

    /**
     * The verifier of the earlier starts; empty at the first one. What stands in the file is not looked at: a damaged
     * file gives a text that is no verifier.
     *
     * @throws IOException in a sentence for a person, if the file cannot be read
     */
    public static Optional<String> kept(DataFolder data) throws IOException {
        Path file = data.verifier();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EditedText.read(file, LONGEST).text().strip());
        } catch (IOException e) {
            throw new IOException(
                    "The join password's file " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            return Optional.of(""); // no verifier, and certainly not none
        }
    }

    /**
     * Keeps a verifier for the next starts.
     *
     * @throws IOException in a sentence for a person, if the file cannot be written
     */
    public static void keep(DataFolder data, String verifier) throws IOException {
        try {
            AtomicFile.write(data.verifier(), verifier + System.lineSeparator());
        } catch (IOException e) {
            throw new IOException(
                    "The join password cannot be kept in " + data.verifier() + ": " + FileTrouble.reason(e) + ".", e);
        }
    }

    /** The next start is the first one again. */
    public static void forget(DataFolder data) throws IOException {
        Files.deleteIfExists(data.verifier());
    }
}

package io.kabar.daemon;

import io.kabar.chat.server.PasswordVerifier;
import io.kabar.daemon.storage.AtomicFile;
import io.kabar.daemon.storage.DataFolder;
import io.kabar.daemon.storage.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The password everybody needs who comes in; the folder keeps a verifier of it in {@code join.verifier}, no more. */
final class JoinPassword {

    /** Four groups of 16 random bits. */
    private static final int GROUPS = 4;

    // Proquints (Wilkerson, arXiv:0901.4016): 16 bits as five letters that can be read out, say "lusab".
    private static final String CONSONANTS = "bdfghjklmnprstvz";
    private static final String VOWELS = "aiou";

    /**
     * Rounds of PBKDF2 for a password made here. Slowness protects what people think of; nobody tries 2^64 passwords,
     * and everybody who signs in pays for the rounds.
     */
    private static final int ROUNDS_FOR_RANDOM = 10_000;

    /** A password file is one line; anything longer is another file named by mistake. */
    private static final long LONGEST_FILE = 4096;

    private JoinPassword() {}

    /** A new password with 64 bits of randomness, such as {@code lusab-babad-gutih-tugad}. */
    static String generate(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            int bits = random.nextInt(1 << 16);
            text.append(i == 0 ? "" : "-")
                    .append(CONSONANTS.charAt(bits >>> 12))
                    .append(VOWELS.charAt((bits >>> 10) & 3))
                    .append(CONSONANTS.charAt((bits >>> 6) & 15))
                    .append(VOWELS.charAt((bits >>> 4) & 3))
                    .append(CONSONANTS.charAt(bits & 15));
        }
        return text.toString();
    }

    /** The verifier of a password made by {@link #generate}. */
    static String verifierOfRandom(String password) {
        return PasswordVerifier.derive(password, ROUNDS_FOR_RANDOM);
    }

    /** The verifier of the earlier starts; empty at the first one. */
    static Optional<String> kept(DataFolder data) throws IOException {
        Path file = file(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new IOException(
                    "The join password's file " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        }
    }

    static void keep(DataFolder data, String verifier) throws IOException {
        try {
            AtomicFile.write(file(data), verifier + System.lineSeparator());
        } catch (IOException e) {
            throw new IOException(
                    "The join password cannot be kept in " + file(data) + ": " + FileTrouble.reason(e) + ".", e);
        }
    }

    static Path file(DataFolder data) {
        return data.path().resolve("join.verifier");
    }

    /** The first line of a password file. */
    static String readFile(Path file) throws SettingsException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LONGEST_FILE) {
                throw new SettingsException(List.of("The password file " + file + " is too long for a password."));
            }
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new SettingsException(
                    List.of("The password file " + file + " cannot be read: " + FileTrouble.reason(e) + "."));
        }
    }
}

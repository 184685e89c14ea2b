package io.kabar.daemon;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.OwnText;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.JoinVerifierFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The password everybody needs who comes in; the data folder keeps a verifier of it, no more. */
@OwnText("the operator gives the password")
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

    private static final Pattern RANDOM = Pattern.compile("([" + CONSONANTS + "][" + VOWELS + "][" + CONSONANTS + "]["
            + VOWELS + "][" + CONSONANTS + "]-){" + (GROUPS - 1) + "}[" + CONSONANTS + "][" + VOWELS + "][" + CONSONANTS
            + "][" + VOWELS + "][" + CONSONANTS + "]");

    private static final Logger LOG = LoggerFactory.getLogger(JoinPassword.class);

    /** A password file is one line; anything longer is another file named by mistake. */
    private static final int LONGEST_FILE = 4096;

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

    /**
     * The verifier of a password that somebody has given: the one of the earlier starts if the password is the same, so
     * that whoever was signed in comes back without being asked; else a new one.
     */
    static String verifierOf(String password, DataFolder data) throws IOException {
        String kept = JoinVerifierFile.kept(data).orElse("");
        int rounds = isRandom(password) ? ROUNDS_FOR_RANDOM : PasswordVerifier.ITERATIONS;
        try {
            if (!kept.isEmpty() && PasswordVerifier.fits(password, kept)) {
                if (PasswordVerifier.iterations(kept) >= rounds) {
                    return kept;
                }
                LOG.info("the join password is kept with more rounds than before; everybody proves it once more");
            }
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "{} was damaged, and is made anew of the password given; everybody proves it once more",
                    data.verifier());
        }
        return PasswordVerifier.derive(password, rounds);
    }

    /** Whether it has the form of those made here: as somebody gives the password that a first start has shown. */
    private static boolean isRandom(String password) {
        return RANDOM.matcher(password).matches();
    }

    /** The first line of a password file. */
    static String readFile(Path file) throws SettingsException {
        try {
            return EditedText.read(file, LONGEST_FILE).firstLine();
        } catch (IOException e) {
            throw unreadable(file, FileTrouble.reason(e));
        } catch (IllegalArgumentException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static SettingsException unreadable(Path file, String why) {
        return new SettingsException(List.of("The password file " + file + " cannot be read: " + why + "."));
    }
}

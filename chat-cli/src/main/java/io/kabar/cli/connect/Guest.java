package io.kabar.cli.connect;

import io.kabar.chat.UserName;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.internal.files.EditedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A name for those who only want to look: always the same on one device, so that it is owned by it and never piles up.
 */
public final class Guest {

    /** Longer than any secret. */
    private static final int LONGEST_FILE = 4096;

    private Guest() {}

    /** The name of the device whose secret is in this file; four bytes of a digest tell nothing of the secret. */
    public static UserName name(Path identity) {
        DeviceSecret.inFile(identity); // makes the file if there is none
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("kabar guest".getBytes(StandardCharsets.US_ASCII));
            // The secret as it is written when it is made, so that an editor that saves it in another way changes no
            // name.
            String secret = EditedText.read(identity, LONGEST_FILE).text().strip();
            byte[] hash = digest.digest((secret.toLowerCase(Locale.ROOT) + "\n").getBytes(StandardCharsets.US_ASCII));
            return UserName.of("visitor-" + HexFormat.of().formatHex(hash, 0, 4));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the device secret " + identity + ".", e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

package io.kabar.storage.csv.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files whole that are never long, without trusting that they are not. */
public final class SmallFile {

    private SmallFile() {}

    /**
     * All bytes of a file.
     *
     * @throws DamagedException if there are more than {@code longest}
     */
    public static byte[] read(Path file, int longest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(longest);
            if (in.read() >= 0) {
                throw new DamagedException("it is longer than " + longest + " bytes");
            }
            return bytes;
        }
    }
}

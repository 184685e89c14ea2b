package io.kabar.storage.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Puts temporary folders on a file system in memory, if the machine has one with enough space: these tests bring files
 * to the disk by the thousand, and none of them can see whether they arrived there. {@code junit-platform.properties}
 * names it.
 */
public final class FastDisk implements TempDirFactory {

    /** Of Linux; it may be as small as 64 MB, in containers. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long ENOUGH = 2L * 1024 * 1024 * 1024;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        boolean usable = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH;
        return usable ? Files.createTempDirectory(MEMORY, "junit-") : Files.createTempDirectory("junit-");
    }
}

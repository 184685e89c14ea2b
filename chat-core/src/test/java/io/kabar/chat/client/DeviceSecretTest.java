package io.kabar.chat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceSecretTest {

    @TempDir
    Path folder;

    @Test
    void a_secret_is_the_same_however_an_editor_has_saved_it() throws IOException {
        Path file = folder.resolve("device");
        byte[] secret = DeviceSecret.inFile(file).bytes();
        String text = Files.readString(file).strip();

        for (String saved :
                new String[] {"\uFEFF" + text + "\r\n", text, text + " \r", text.toUpperCase(java.util.Locale.ROOT)}) {
            Files.writeString(file, saved);
            assertThat(DeviceSecret.inFile(file).bytes()).isEqualTo(secret);
        }
    }

    /** As on FAT, on many a network's file system, and where the provider knows no links at all. */
    static Stream<DeviceSecret.Linker> fileSystemsWithoutHardLinks() {
        return Stream.of(
                (name, file) -> {
                    throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
                },
                (name, file) -> {
                    throw new AccessDeniedException(name.toString());
                },
                (name, file) -> {
                    throw new UnsupportedOperationException();
                });
    }

    @ParameterizedTest
    @MethodSource("fileSystemsWithoutHardLinks")
    void a_file_system_without_hard_links_serves(DeviceSecret.Linker linker) throws Exception {
        Path file = folder.resolve("sub/device");
        byte[] secret = DeviceSecret.inFile(file, linker).bytes();
        assertThat(DeviceSecret.inFile(file, linker).bytes()).isEqualTo(secret);
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @ParameterizedTest
    @MethodSource("fileSystemsWithoutHardLinks")
    void programs_started_at_once_agree_also_without_hard_links(DeviceSecret.Linker linker) throws Exception {
        Path file = folder.resolve("device");
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> starts = Collections.nCopies(
                    32,
                    () -> HexFormat.of()
                            .formatHex(DeviceSecret.inFile(file, linker).bytes()));
            Set<String> secrets = new HashSet<>();
            for (Future<String> each : many.invokeAll(starts)) {
                secrets.add(each.get());
            }
            assertThat(secrets).hasSize(1);
        } finally {
            many.shutdownNow();
        }
    }
}

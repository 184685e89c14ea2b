package io.kabar.chat.client;

import io.kabar.chat.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Known servers in a text file, one {@code host:port KEY} a line, which a person can read and mend. */
public final class KnownServersFile implements KnownServers {

    private final Path file;

    /** A file that need not exist yet. */
    public KnownServersFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<ServerKey> find(String address) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length == 2 && words[0].equalsIgnoreCase(address)) {
                    return Optional.of(ServerKey.parse(words[1]));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the known servers in " + file + ".", e);
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(
                    new IOException("The line for " + address + " in " + file + " holds no server key.", e));
        }
    }

    @Override
    public synchronized void remember(String address, ServerKey key) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(
                    file,
                    address + " " + key.text() + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the known servers in " + file + ".", e);
        }
    }
}

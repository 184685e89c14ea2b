package io.kabar.daemon;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data folder a command works on: found as {@code kabar server} finds it. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder. Default: KABAR_DATA, or the platform's data folder.")
    private @Nullable Path data;

    Path path() {
        return new SettingsReader(System.getenv())
                .dataFolder(data)
                .toAbsolutePath()
                .normalize();
    }
}

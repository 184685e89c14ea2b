package io.kabar.daemon;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which data folder a command works on: found as {@code kabar server} finds it. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder. Default: KABAR_DATA, or the platform's data folder.")
    private @Nullable Path data;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** The folder; if nothing says where it is, that is wrong usage. */
    Path path() {
        try {
            return new SettingsReader(System.getenv())
                    .dataFolder(data)
                    .toAbsolutePath()
                    .normalize();
        } catch (SettingsException e) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}

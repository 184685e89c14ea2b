package io.kabar.cli.config;

import io.kabar.cli.command.Environment;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.command.Usage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kabar config}: where the terminal's configuration is, whether it is right, and a first one. */
@Command(
        name = "config",
        description = "Tell where the terminal's configuration is, and what is wrong with it.",
        footer = "%nLeaves with 0 done, 1 failed, 64 when something is wrong with it.")
public final class ConfigCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--init", description = "Write one in which everything is explained and nothing is set.")
    private boolean init;

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    public ConfigCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Path file = environment.folders().terminalConfig();
        PrintWriter out = spec.commandLine().getOut();
        if (init) {
            try {
                ClientConfig.init(file);
            } catch (IOException e) {
                throw new IllegalStateException(
                        Files.exists(file) ? String.valueOf(e.getMessage()) : file + " cannot be written.", e);
            }
            out.println(file + " is written; everything in it is explained, and nothing set.");
        } else {
            ClientConfig config = Usage.check(spec, () -> ClientConfig.read(file));
            out.println(file + (Files.exists(file) ? "" : " is not there; kabar config --init writes one."));
            config.profiles().forEach((name, profile) -> out.println(name + "  " + profile.link()));
        }
        out.flush();
        return ExitCode.DONE;
    }
}

package io.kabar.daemon;

import io.kabar.chat.internal.text.Digits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What can be said about a server on the command line. Null where nothing is. */
@Command
final class ServerFlags {

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: every address of this machine, IPv4 and IPv6.")
    @Nullable
    String address;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            converter = WholeNumber.class,
            description = "UDP port; 0 takes any free one. Default: 2120.")
    @Nullable
    Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: KABAR_DATA, or the platform's data folder.")
    @Nullable
    Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration in TOML. Default: kabar.toml in the data folder, if there is one.")
    @Nullable
    Path config;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Its first line is the join password. Or set KABAR_SERVER_PASSWORD.")
    @Nullable
    Path passwordFile;

    @Option(names = "--open", description = "No join password.")
    boolean open;

    @Option(
            names = "--no-rate-limit",
            description =
                    "No limit on any rate (messages, requests, topics, searches, new names and rooms, stored bytes): "
                            + "for closed networks and benchmarks.")
    boolean noRateLimit;

    @Option(
            names = "--durability",
            paramLabel = "os|always",
            description = "When an event counts as kept: when the operating system has it (os, the default), "
                    + "or when it is on the disk (always).")
    @Nullable
    String durability;

    @Option(
            names = "--history",
            paramLabel = "KEEP",
            description =
                    "How much of a room is kept: forever, none, or such as \"30 days, 100000 events\" (the default). "
                            + "Rooms can be named in the configuration.")
    @Nullable
    String history;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info (the default), debug or trace.")
    @Nullable
    String logLevel;

    static ServerFlags parse(List<String> args) throws SettingsException {
        ServerFlags flags = new ServerFlags();
        try {
            new CommandLine(flags).parseArgs(args.toArray(String[]::new));
            return flags;
        } catch (CommandLine.ParameterException e) {
            throw new SettingsException(List.of(String.valueOf(e.getMessage())));
        }
    }

    static @Nullable String lower(@Nullable String word) {
        return word == null ? null : word.toLowerCase(Locale.ROOT);
    }

    /** picocli by itself would name types of Java. */
    static final class WholeNumber implements ITypeConverter<Integer> {

        // For picocli, which makes converters by reflection.
        WholeNumber() {}

        @Override
        public Integer convert(String value) {
            try {
                return Digits.parseInt(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is no whole number");
            }
        }
    }
}

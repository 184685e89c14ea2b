package io.kabar.cli.connect;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.files.OwnerOnly;
import io.kabar.cli.command.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who signs in, with what, and how long that may take: the options that all commands share. */
public final class Login {

    /** A password file is one line; anything longer is another file named by mistake. */
    private static final int LONGEST_PASSWORD_FILE = 4096;

    private static final String PASSWORD_VARIABLE = "KABAR_PASSWORD";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Your name. It belongs to the device that first used it.")
    private @Nullable String name;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password from the first line of FILE (KABAR_PASSWORD works too).")
    private @Nullable Path passwordFile;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "The secret that proves this device's names are its own (default: in the data folder).")
    private @Nullable Path identity;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Give up after this time without progress (default: 15).")
    private @Nullable Duration timeout;

    Login() {}

    /**
     * The name, if one was given.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Optional<UserName> name() {
        return Optional.ofNullable(name).map(UserName::of);
    }

    /**
     * The password, if one was given.
     *
     * @throws IllegalArgumentException if its file cannot be read
     */
    public Optional<String> password(Environment environment) {
        return passwordFile == null ? environment.variable(PASSWORD_VARIABLE) : Optional.of(passwordIn(passwordFile));
    }

    /**
     * The password in the first line of a file.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static String passwordIn(Path file) {
        try {
            String password = text(file).firstLine();
            if (password.isEmpty()) {
                throw new IllegalArgumentException("The first line of the password file " + file + " is empty.");
            }
            return password;
        } catch (IOException e) {
            throw new IllegalArgumentException("The password file " + file + " cannot be read.", e);
        }
    }

    private static EditedText text(Path file) throws IOException {
        try {
            return EditedText.read(file, LONGEST_PASSWORD_FILE);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The password file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** What to tell of files that hold secrets and that others may read. */
    List<String> remarks(Environment environment) {
        List<String> remarks = new ArrayList<>();
        if (passwordFile != null) {
            OwnerOnly.remark("password file", passwordFile).ifPresent(remarks::add);
        }
        OwnerOnly.remark("device secret", identity(environment)).ifPresent(remarks::add);
        return remarks;
    }

    public Path identity(Environment environment) {
        return identity == null ? environment.folders().deviceSecret() : identity;
    }

    public Duration timeout() {
        return timeout == null ? Duration.ofSeconds(15) : timeout;
    }

    /** The time that was asked for; empty if it is the default. */
    public Optional<Duration> givenTimeout() {
        return Optional.ofNullable(timeout);
    }

    /** Seconds, with decimals if need be. */
    static final class Seconds implements ITypeConverter<Duration> {

        /** A day; whoever wants longer wants no limit. */
        private static final double MOST = 86_400;

        Seconds() {}

        @Override
        public Duration convert(String text) {
            double seconds;
            try {
                seconds = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no number of seconds");
            }
            if (!(seconds > 0 && seconds <= MOST)) {
                throw new TypeConversionException("it must be more than 0 and at most 86400");
            }
            return Duration.ofNanos((long) (seconds * 1e9));
        }
    }
}

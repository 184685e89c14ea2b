package io.kabar.daemon;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code kabar import}: brings a copy, or the files of a simple chat program, into a data folder that no server uses.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Brings what kabar export wrote, or the files of a simple chat program, into the data folder of a "
                        + "server that is stopped. Says what was taken and what was not.",
        footer = {
            "",
            "Everything is read and checked before the first change.",
            "Exit codes: 0 done, 1 not done, or something was left out, 64 wrong usage."
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "An archive (.zip); JSON lines, as kabar tail --json prints them; username.csv: names, with "
                    + "passwords if a header says so; messages.csv: name,text, with times if there are any. A header "
                    + "is understood and not needed.")
    private List<Path> files = List.of();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "Where messages go that do not say it themselves. Default: lobby.")
    private String room = "lobby";

    @Option(names = "--append", description = "Rooms that have events already get these behind them, with new numbers.")
    private boolean append;

    @Option(
            names = "--make-passwords",
            paramLabel = "FILE",
            description =
                    "Makes a password for each name that comes without one, and writes them to FILE, which must not be "
                            + "there yet, to be handed out.")
    private @Nullable Path passwordFile;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        RoomName into;
        try {
            into = RoomName.of(room);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()));
        }
        if (passwordFile != null && Files.exists(passwordFile, LinkOption.NOFOLLOW_LINKS)) {
            err("There is a file " + passwordFile + " already, and the passwords in it may be known nowhere else; name"
                    + " another one. Nothing was imported.");
            return ExitCode.FAILED;
        }
        Map<UserName, String> made = new LinkedHashMap<>();
        SecureRandom random = new SecureRandom();
        Optional<Function<UserName, String>> passwords = passwordFile == null
                ? Optional.empty()
                : Optional.of(name -> made.computeIfAbsent(name, each -> JoinPassword.generate(random)));
        try (DataFolder folder = DataFolder.open(data.path());
                DataImport reading = new DataImport(folder, into, append, passwords)) {
            for (Path file : files) {
                reading.read(file);
            }
            if (passwordFile != null) {
                // First, because nobody could find them out later.
                StringBuilder text = new StringBuilder("name,password\r\n");
                made.forEach((name, password) ->
                        text.append(name).append(',').append(password).append("\r\n"));
                WholeFile.write(passwordFile, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
            reading.publish();
            reading.report().lines().forEach(this::err);
            return reading.report().isPartial() ? ExitCode.FAILED : ExitCode.DONE;
        } catch (IOException e) {
            err(FileTrouble.reason(e));
            return ExitCode.FAILED;
        }
    }

    /** What stands in the files is others', and they may have written it for a terminal. */
    private void err(String sentence) {
        spec().commandLine().getErr().println(VisibleText.onOneLine(sentence));
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        return spec;
    }
}

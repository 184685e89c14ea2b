package io.kabar.daemon;

import io.kabar.chat.UserName;
import io.kabar.storage.csv.exchange.NobodyException;
import io.kabar.storage.csv.exchange.PersonEraser;
import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar erase}: takes what one person said out of the logs of a server that is stopped. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Takes everything one person has said, their topics and the reasons they left for, out of the logs of "
                        + "a server that is stopped. The events stay, without a text; their numbers keep their place.",
        footer = {
            "",
            "Without --yes it only counts. The name stays taken, also once its account is removed: a row of users.csv "
                    + "with the role \"free\" gives it free, and whoever takes it then may be taken for who had it.",
            "Copies made earlier are not touched.",
            "Exit codes: 0 erased, 1 not erased or not all of it (the reasons are on stderr), 2 nobody is called "
                    + "so, 64 wrong usage."
        })
final class EraseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Whose texts.")
    private String name = "";

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--yes", description = "Really erases them. They cannot be brought back.")
    private boolean yes;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        PrintWriter err = spec.commandLine().getErr();
        UserName person;
        try {
            person = UserName.of(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
        if (Files.notExists(data.path())) {
            err.println("There is no data folder " + data.path() + ".");
            return ExitCode.FAILED;
        }
        try (DataFolder folder = DataFolder.open(data.path())) {
            PersonEraser eraser = new PersonEraser(folder, person);
            eraser.run(!yes);
            String found =
                    Counted.of(eraser.texts(), "text") + " of " + person + " in " + Counted.of(eraser.rooms(), "room");
            err.println(
                    yes
                            ? "Erased " + found + "."
                            : "Found " + found + ". Nothing was changed; say --yes to erase them.");
            eraser.troubles().forEach(err::println);
            return yes && eraser.troubles().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (NobodyException e) {
            err.println(e.getMessage());
            return ExitCode.NOBODY;
        } catch (IOException e) {
            err.println(FileTrouble.reason(e));
            return ExitCode.FAILED;
        }
    }
}

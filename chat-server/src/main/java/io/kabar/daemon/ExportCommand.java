package io.kabar.daemon;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.NobodyException;
import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar export}: a copy of what a server keeps, also while it runs. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Copies what a server keeps, also while it runs. A file that is there is replaced once the copy is "
                        + "whole.",
        footer = {
            "",
            "The archive has the layout of the data folder and holds the server's key: whoever has it can stand in "
                    + "for the server. That of one person (--user) holds what they said, and no key.",
            "Exit codes: 0 done, 1 not all of it (the reasons are on stderr), 2 nobody is called as --user says, "
                    + "64 wrong usage."
        })
final class ExportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "TARGET",
            description = "FILE.zip: an archive of CSV files. FILE.jsonl, or - for stdout: JSON, one event a line, as "
                    + "kabar tail --json prints it. A folder: username.csv and messages.csv of simple chat programs.")
    private String target = "";

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "Only this room, or the conversation @ada@bob, without accounts and key; may be repeated.")
    private List<String> rooms = List.of();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Only what concerns this person.")
    private @Nullable String user;

    @Option(
            names = "--direct",
            description = "Direct conversations, too, in JSON and plain files; an archive always has them.")
    private boolean direct;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        DataExport export;
        try {
            export = new DataExport(data.path(), roomNames(), userName());
        } catch (IOException e) {
            err(FileTrouble.reason(e));
            return ExitCode.FAILED;
        }
        // What one person said is theirs, and an archive is for whoever runs the server.
        if (!direct && user == null && !target.endsWith(".zip")) {
            export.leaveDirectOut();
        }
        try {
            String told = run(export);
            if (!told.isEmpty()) {
                err(told);
            }
            if (export.directLeftOut() > 0) {
                err("Left out: " + Counted.of(export.directLeftOut(), "direct conversation")
                        + ", which were said to one person each; --direct takes them along.");
            }
        } catch (IOException e) {
            NobodyException nobody = nobody(e);
            if (nobody != null) {
                err(String.valueOf(nobody.getMessage()));
                return ExitCode.NOBODY;
            }
            // What went wrong with standard output is told where it is told for every command.
            if (StandardOutput.trouble(spec().commandLine().getOut()).isEmpty()) {
                err(FileTrouble.reason(e));
            }
            return ExitCode.FAILED;
        }
        export.troubles().forEach(this::err);
        return export.troubles().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String run(DataExport export) throws IOException {
        if (target.equals("-")) {
            export.jsonLines(StandardOutput.bytesOf(spec().commandLine().getOut()));
            export.requireSomebody();
            return "";
        }
        Path file = Path.of(target);
        if (target.endsWith(".zip")) {
            WholeFile.write(file, checked(export, export::archive));
        } else if (target.endsWith(".jsonl")) {
            WholeFile.write(file, checked(export, export::jsonLines));
        } else if (Files.isDirectory(file)) {
            return plain(export, file);
        } else {
            throw new ParameterException(
                    spec().commandLine(),
                    "TARGET must end in .zip or .jsonl, be - or be a folder, not " + target + ".");
        }
        return "Copied " + Counted.of(export.events(), "event") + " of " + Counted.of(export.rooms(), "room") + " to "
                + file + ".";
    }

    /** A copy of nobody does not take the place of a file that is there. */
    private static WholeFile.Content checked(DataExport export, WholeFile.Content content) {
        return out -> {
            content.write(out);
            export.requireSomebody();
        };
    }

    private static @Nullable NobodyException nobody(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof NobodyException)) {
            cause = cause.getCause();
        }
        return (NobodyException) cause;
    }

    private String plain(DataExport export, Path folder) throws IOException {
        int[] names = {0};
        WholeFile.write(folder.resolve("messages.csv"), checked(export, export::plainMessages));
        WholeFile.write(folder.resolve("username.csv"), (OutputStream out) -> names[0] = export.plainNames(out));
        return "Copied " + Counted.of(export.events(), "message") + " of " + Counted.of(export.rooms(), "room")
                + " to messages.csv and " + Counted.of(names[0], "name")
                + " to username.csv; times, joins, topics and passwords have no place there.";
    }

    private Set<RoomName> roomNames() throws IOException {
        Set<RoomName> names = new HashSet<>();
        for (String room : rooms) {
            try {
                names.add(DataExport.room(data.path(), room));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()));
            }
        }
        return names;
    }

    private @Nullable UserName userName() {
        try {
            return user == null ? null : UserName.of(user);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        return spec;
    }

    private void err(String sentence) {
        spec().commandLine().getErr().println(sentence);
    }
}

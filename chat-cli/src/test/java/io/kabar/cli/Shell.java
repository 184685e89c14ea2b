package io.kabar.cli;

import io.kabar.chat.view.files.UserFolders;
import io.kabar.cli.command.Environment;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shell without a terminal: runs commands and keeps what they print. */
public final class Shell {

    public final Map<String, String> variables = new HashMap<>();
    private final Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public Shell(Path home) {
        this.home = home;
    }

    public int run(String... arguments) {
        return run(InputStream.nullInputStream(), arguments);
    }

    public int typing(String input, String... arguments) {
        return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
    }

    public int run(InputStream in, String... arguments) {
        return Kabar.commandLine(new Environment(in, false, variables, this::folders, ZoneOffset.UTC, task -> {}))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    UserFolders folders() {
        return new UserFolders(home.resolve("config"), home.resolve("data"), home.resolve("state"));
    }

    public String out() {
        return out.toString();
    }

    public List<String> lines() {
        return out.toString().lines().toList();
    }

    public String err() {
        return err.toString();
    }
}

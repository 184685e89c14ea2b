package io.kabar.cli.terminal;

import io.kabar.chat.internal.process.StandardInput;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines in and lines out, for pipes and for terminals that cannot move their cursor. */
public final class PipeScreen implements Screen {

    private final StandardInput in;
    private final PrintWriter out;
    private final @Nullable Console console;

    /** Asks only if there is a console. */
    public PipeScreen(InputStream in, PrintWriter out, @Nullable Console console) {
        this.in = new StandardInput(in);
        this.out = out;
        this.console = console;
    }

    @Override
    public void print(String lines) {
        out.println(lines);
        out.flush();
    }

    @Override
    public Optional<String> read(String prompt) {
        try {
            return Optional.ofNullable(in.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean asks() {
        return console != null;
    }

    @Override
    public Optional<String> ask(String question) {
        if (console == null) {
            return Optional.empty();
        }
        out.print(question);
        out.flush();
        return read("");
    }

    @Override
    public Optional<String> askSecretly(String question) {
        return console == null
                ? Optional.empty()
                : Optional.ofNullable(console.readPassword("%s", question)).map(String::new);
    }

    @Override
    public void close() {
        out.flush();
    }
}

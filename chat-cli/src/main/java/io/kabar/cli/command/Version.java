package io.kabar.cli.command;

import io.kabar.chat.internal.process.About;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.chat.view.words.VisibleText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says, which a report of a bug needs: the program, its Java, the system and the terminal. */
public final class Version implements IVersionProvider {

    private final Environment environment;

    /** The version as it is told in these surroundings. */
    public Version(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] getVersion() {
        List<String> lines = new ArrayList<>(List.of(About.lines(Version.class)));
        lines.add((environment.terminal() ? "terminal" : "no terminal")
                + environment
                        .variable("TERM")
                        .map(term -> ", TERM " + VisibleText.onOneLine(term))
                        .orElse(", TERM is not set")
                + ", " + StandardOutput.terminalCharset());
        return lines.toArray(String[]::new);
    }

    /** The version alone. */
    public static String text() {
        return About.version(Version.class);
    }
}

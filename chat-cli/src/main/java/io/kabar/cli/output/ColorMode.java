package io.kabar.cli.output;

import io.kabar.cli.command.Environment;
import picocli.CommandLine.Model.CommandSpec;

/** When to use colours. */
public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER;

    /** What a whole command line is told about colours: its first command carries the option. */
    public interface Choice {
        ColorMode color();
    }

    /** The colours of a command, as its user wants them. */
    public static Paint paint(CommandSpec command, Environment environment) {
        return ((Choice) command.root().userObject()).color().paint(environment);
    }

    Paint paint(Environment environment) {
        boolean colours = switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                environment.cursorTerminal() && environment.variable("NO_COLOR").isEmpty();
        };
        return new Paint(colours);
    }
}

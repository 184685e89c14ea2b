package io.kabar.cli.output;

import io.kabar.cli.command.Environment;

/** When to use colours. */
public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER;

    public Paint paint(Environment environment) {
        boolean colours = switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                environment.cursorTerminal() && environment.variable("NO_COLOR").isEmpty();
        };
        return new Paint(colours);
    }
}

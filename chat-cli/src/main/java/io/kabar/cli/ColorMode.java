package io.kabar.cli;

/** When to use colours. */
enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER;

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

package io.kabar.cli.command;

import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Arguments that picocli takes and the model does not are wrong usage too. */
public final class Usage {

    private Usage() {}

    /** What {@code parser} gives; an argument it refuses is wrong usage, in the words it refuses it with. */
    public static <T> T check(CommandSpec command, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** For picocli, which would name types of Java. */
    public static <T> T number(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no whole number that Kabar could use");
        }
    }

    public static ParameterException wrong(CommandSpec command, String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}

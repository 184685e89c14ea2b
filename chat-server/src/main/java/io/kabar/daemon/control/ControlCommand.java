package io.kabar.daemon.control;

import io.kabar.chat.internal.text.Parts;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A row of the table: how to type a command, what it does, what it asks before, and who does it. */
public final class ControlCommand {

    /** Does what a command says. */
    @FunctionalInterface
    interface Handler {
        CompletableFuture<Outcome> run(ControlHost host, Arguments arguments);
    }

    /** Says what somebody should think of before it is done; empty if there is nothing to think of. */
    @FunctionalInterface
    interface Asking {
        CompletableFuture<String> question(ControlHost host, Arguments arguments);
    }

    private final String usage;
    private final String help;
    private final Handler handler;
    private final Asking asking;
    private final List<Parameter> parameters;

    private ControlCommand(String usage, String help, Handler handler, Asking asking) {
        List<String> words = Parts.of(usage, ' ');
        this.usage = usage;
        this.help = help;
        this.handler = handler;
        this.asking = asking;
        this.parameters =
                words.subList(1, words.size()).stream().map(Parameter::of).toList();
    }

    /** A command that can be undone, or only shows something. */
    static ControlCommand of(String usage, String help, Handler handler) {
        return new ControlCommand(usage, help, handler, (host, arguments) -> CompletableFuture.completedFuture(""));
    }

    /** The same command, with a question before. */
    ControlCommand asking(Asking question) {
        return new ControlCommand(usage, help, handler, question);
    }

    /** Its name, the first word of its usage. */
    public String word() {
        return Parts.of(usage, ' ').get(0);
    }

    /** How to type it: {@code kick ROOM NAME [REASON...]}. */
    public String usage() {
        return usage;
    }

    /** What it does, in a few words. */
    public String help() {
        return help;
    }

    /** What it takes. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Understands the words behind its name.
     *
     * @throws IllegalArgumentException with a sentence, if they are not what it takes
     */
    Arguments parse(List<String> words) {
        Map<Kind, String> given = new EnumMap<>(Kind.class);
        List<String> left = new ArrayList<>(words);
        for (Parameter parameter : parameters) {
            if (left.isEmpty() || !parameter.takes(left.get(0))) {
                if (!parameter.optional()) {
                    throw new IllegalArgumentException("Usage: " + usage);
                }
                continue;
            }
            String word = parameter.rest() ? String.join(" ", left) : left.get(0);
            parameter.kind().check(word);
            given.put(parameter.kind(), word);
            left.subList(0, parameter.rest() ? left.size() : 1).clear();
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("Usage: " + usage);
        }
        return new Arguments(given);
    }

    CompletableFuture<String> question(ControlHost host, Arguments arguments) {
        return asking.question(host, arguments);
    }

    CompletableFuture<Outcome> run(ControlHost host, Arguments arguments) {
        return handler.run(host, arguments);
    }
}

package io.kabar.daemon.prompt;

import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlRunner;
import io.kabar.daemon.control.ControlTable;
import io.kabar.daemon.control.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads commands, has them done and prints what came of them, until there is nothing more to read. */
final class Prompt {

    /** What somebody types. */
    interface Input {

        /**
         * The next line; empty at the end of input.
         *
         * @throws Interrupted at Ctrl+C
         */
        Optional<String> read(String prompt) throws Interrupted;

        /** The same, and nobody sees what is typed. */
        Optional<String> readSecretly(String prompt) throws Interrupted;
    }

    /** Ctrl+C on an empty line. */
    static final class Interrupted extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }

    static final String SIGN = "kabar> ";

    private static final List<String> STOP = List.of("stop");

    private final Input input;
    private final Consumer<String> output;
    private final ControlRunner runner;

    Prompt(Input input, Consumer<String> output, ControlRunner runner) {
        this.input = input;
        this.output = output;
        this.runner = runner;
    }

    /** Returns at the end of input, or when the server was told to stop. */
    void run() {
        boolean more = true;
        while (more) {
            try {
                Optional<String> line = input.read(SIGN);
                if (line.isEmpty()) {
                    output.accept("No more commands are read here; the server goes on. Ctrl+C stops it.");
                    return;
                }
                List<String> words = new ArrayList<>(ControlTable.words(line.get()));
                if (ControlTable.lacksSecret(words)) {
                    words.add(input.readSecretly("Password: ").orElse(""));
                }
                more = words.isEmpty() || did(words, false);
            } catch (Interrupted e) {
                more = did(STOP, true);
            }
        }
    }

    /**
     * Does it, and asks before if there is something to ask.
     *
     * @param twice whether to interrupt the question means yes
     * @return whether there is a server left to command
     */
    private boolean did(List<String> words, boolean twice) {
        Answer answer = runner.run(words, false).join();
        if (answer instanceof Answer.Question) {
            if (!says(VisibleText.onOneLine(answer.sentence()) + " [y/N] ", twice)) {
                output.accept("Nothing was done.");
                return true;
            }
            answer = runner.run(words, true).join();
        }
        if (answer instanceof Answer.Done done) {
            // At once, so that the line that is typed is drawn again once.
            output.accept(String.join("\n", TextTable.lines(done.outcome())));
            return !words.equals(STOP);
        }
        output.accept(VisibleText.onOneLine(answer.sentence()));
        return true;
    }

    private boolean says(String question, boolean twice) {
        try {
            return input.read(question).map(String::strip).orElse("").equalsIgnoreCase("y");
        } catch (Interrupted e) {
            return twice;
        }
    }
}

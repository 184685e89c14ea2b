package io.kabar.daemon.control;

/** What became of a command. */
public sealed interface Answer {

    /** A sentence for a person. */
    String sentence();

    /** It was done. */
    record Done(Outcome outcome) implements Answer {
        @Override
        public String sentence() {
            return outcome.sentence();
        }
    }

    /** It cannot be undone, so nothing was done until somebody says yes to this question. */
    record Question(String sentence) implements Answer {}

    /**
     * The server refused it.
     *
     * @param code the name of the {@link io.kabar.chat.Refusal}
     */
    record Refused(String code, String sentence) implements Answer {}

    /** It was not understood. */
    record Misuse(String sentence) implements Answer {}
}

package io.kabar.bench;

/** Why a run ended early, in a sentence for a person. */
final class BenchException extends Exception {

    private static final long serialVersionUID = 1;

    BenchException(String sentence) {
        super(sentence);
    }
}

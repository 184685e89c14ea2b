package io.kabar.chat.view;

import io.kabar.chat.view.commands.Consent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What commands ask of the program around them. Called on the model's executor. */
public interface Frontend {

    /** The user wants to leave the program. */
    void quit();

    /** The transcript in front was emptied; a view that only ever appends may want to clear its screen. */
    default void cleared() {}

    /** Asks before something that cannot be undone; a program that reads from a script has nobody to ask. */
    default CompletableFuture<Consent> confirm(String question) {
        return CompletableFuture.completedFuture(Consent.NOBODY_TO_ASK);
    }

    /** Asks for something that must not be seen; empty if there is nobody to ask, or no answer. */
    default CompletableFuture<Optional<String>> secret(String question) {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}

package io.kabar.chat.view;

/** What commands ask of the program around them. Called on the model's executor. */
public interface Frontend {

    /** The user wants to leave the program. */
    void quit();

    /** The transcript in front was emptied; a view that only ever appends may want to clear its screen. */
    default void cleared() {}
}

package io.kabar.chat.view.commands;

/** What became of a question before something that cannot be undone. */
public enum Consent {
    /** It is to be done. */
    GIVEN,
    /** It is not. */
    REFUSED,
    /** There is nobody to ask, as where a script pipes: it has to be said in the command itself. */
    NOBODY_TO_ASK
}

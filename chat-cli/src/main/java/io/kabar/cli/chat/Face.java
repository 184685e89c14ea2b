package io.kabar.cli.chat;

import io.kabar.chat.client.ChatClient;

/** How a chat is shown to whoever sits at it: as lines, or on the full screen. */
interface Face {

    /** Tells something before the chat begins. */
    void say(String sentence);

    /** Tells that something did not work; from any thread. */
    void complain(String sentence);

    /** Follows the model from now on. */
    void begin();

    /** Does what is typed, until the user leaves or the connection ends; gives the exit code. */
    int run(ChatClient client);

    /** A signal ends the program: gives the terminal back, if that was not done. */
    default void abandon() {}
}

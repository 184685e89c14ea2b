package io.kabar.swing.transcript;

import io.kabar.chat.Amended;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import java.util.Optional;
import javax.swing.JPopupMenu;

/** What a reader wants to do with what they read; done by whoever shows the transcript. */
public interface MessageActions {

    /** Answer it. */
    void reply(Said message);

    /** Let it read otherwise. */
    void edit(Said message);

    /** Delete it, perhaps after a question. */
    void delete(Said message);

    /** Choose an emoji to react with. */
    void react(Said message);

    /** React with the same emoji as others, or take that back. */
    void toggle(Said message, Amended.Reaction reaction);

    /** Go to another message. */
    void jump(long sequence);

    /** Open a link. */
    void open(String link);

    /**
     * All that can be done with a line, as a menu.
     *
     * @param link that was pointed at; empty if none was
     */
    JPopupMenu menu(TranscriptLine line, Optional<String> link);

    /** A letter was typed where there is nothing to type it to. */
    void type(char letter);

    /** The reader is at the top and wants to go further up. */
    void older();
}

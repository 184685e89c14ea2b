package io.kabar.chat.view;

/**
 * Is told which lines of one {@link Transcript} change, for a view that draws those alone: after each change, on the
 * model's executor, by the indexes that hold then.
 */
public interface LinesObserver {

    /** So many lines were put in, the first of them at {@code index}. */
    void added(int index, int count);

    /** So many lines are gone, the first of which stood at {@code index}. */
    void removed(int index, int count);

    /** A line reads otherwise. */
    void changed(int index);
}

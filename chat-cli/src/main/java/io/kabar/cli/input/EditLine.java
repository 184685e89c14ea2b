package io.kabar.cli.input;

import io.kabar.cli.terminal.Cells;

/** What is being written and where its cursor stands; may hold several lines. Moves by what a person calls a letter. */
public final class EditLine {

    private String text = "";
    private int cursor;
    private String cut = "";

    public EditLine() {}

    public String text() {
        return text;
    }

    /** Where the next character goes, as an index into the text. */
    public int cursor() {
        return cursor;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Writes something else, the cursor behind it. */
    public void set(String next) {
        set(next, next.length());
    }

    /** Writes something else. */
    public void set(String next, int at) {
        text = next;
        cursor = Math.min(at, next.length());
    }

    /** Writes at the cursor. */
    public void insert(String more) {
        replace(cursor, more);
    }

    /** Writes instead of what stands between {@code from} and the cursor. */
    public void replace(int from, String more) {
        text = text.substring(0, from) + more + text.substring(cursor);
        cursor = from + more.length();
    }

    /** Does what moves or changes nothing but the text; false if the action is none of these, or has no place to go. */
    public boolean perform(Action action) {
        int before = cursor;
        String was = text;
        switch (action) {
            case LEFT -> cursor = Cells.letterStart(text, cursor);
            case RIGHT -> cursor = cursor == text.length() ? cursor : Cells.letterEnd(text, cursor);
            case WORD_LEFT -> cursor = wordStart();
            case WORD_RIGHT -> cursor = wordEnd();
            case LINE_START -> cursor = lineStart();
            case LINE_END -> cursor = lineEnd();
            case OLDER_INPUT -> up();
            case NEWER_INPUT -> down();
            case NEW_LINE -> insert("\n");
            case BACKSPACE -> remove(Cells.letterStart(text, cursor), cursor);
            case DELETE -> remove(cursor, cursor == text.length() ? cursor : Cells.letterEnd(text, cursor));
            case CUT_WORD_BACK -> cut(spacedWordStart(), cursor);
            case CUT_WORD -> cut(cursor, wordEnd());
            case CUT_TO_START -> cut(lineStart(), cursor);
            case CUT_TO_END -> cut(cursor, lineEnd());
            case PASTE_CUT -> insert(cut);
            case TRANSPOSE -> transpose();
            default -> {
                return false;
            }
        }
        return cursor != before || !text.equals(was);
    }

    private void remove(int from, int to) {
        text = text.substring(0, from) + text.substring(to);
        cursor = from;
    }

    private void cut(int from, int to) {
        if (from < to) {
            cut = text.substring(from, to);
            remove(from, to);
        }
    }

    private void transpose() {
        int end = cursor == text.length() ? cursor : Cells.letterEnd(text, cursor);
        int middle = Cells.letterStart(text, end);
        int start = Cells.letterStart(text, middle);
        if (start < middle) {
            text = text.substring(0, start)
                    + text.substring(middle, end)
                    + text.substring(start, middle)
                    + text.substring(end);
            cursor = end;
        }
    }

    private int lineStart() {
        return cursor == 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
    }

    private int lineEnd() {
        int end = text.indexOf('\n', cursor);
        return end < 0 ? text.length() : end;
    }

    private void up() {
        int start = lineStart();
        if (start > 0) {
            int column = cursor - start;
            int above = text.lastIndexOf('\n', start - 2) + 1;
            cursor = onLetter(Math.min(above + column, start - 1));
        }
    }

    private void down() {
        int end = lineEnd();
        if (end < text.length()) {
            int column = cursor - lineStart();
            int below = text.indexOf('\n', end + 1);
            cursor = onLetter(Math.min(end + 1 + column, below < 0 ? text.length() : below));
        }
    }

    private int onLetter(int at) {
        int start = Cells.letterStart(text, at);
        return start < at && Cells.letterEnd(text, start) > at ? start : at;
    }

    private int wordStart() {
        int at = cursor;
        while (at > 0 && !isOfWord(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        while (at > 0 && isOfWord(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at;
    }

    private int wordEnd() {
        int at = cursor;
        while (at < text.length() && !isOfWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        while (at < text.length() && isOfWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** As Ctrl+W of shells has it: what stands between spaces. */
    private int spacedWordStart() {
        int at = cursor;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isOfWord(int letter) {
        return Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.NON_SPACING_MARK;
    }
}

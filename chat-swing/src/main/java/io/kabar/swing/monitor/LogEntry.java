package io.kabar.swing.monitor;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.view.VisibleText;
import java.time.Instant;

/**
 * A line of the server's log.
 *
 * @param kind what it is about
 * @param text what happened, without the words of messages
 * @param withWords the same with the words of a message
 */
public record LogEntry(Instant time, Kind kind, String text, String withWords) {

    public enum Kind {
        PEOPLE("people"),
        MESSAGE("message"),
        REFUSED("refused"),
        WARNING("warning"),
        SERVER("server");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public static LogEntry of(Instant time, Kind kind, String text) {
        String visible = VisibleText.onOneLine(text);
        return new LogEntry(time, kind, visible, visible);
    }

    public static LogEntry of(Instant now, ChatEvent event) {
        if (event instanceof ChatEvent.Said said) {
            String words = VisibleText.onOneLine(said.text());
            return new LogEntry(
                    now,
                    Kind.MESSAGE,
                    said.from() + " said something in " + said.room() + " (#" + said.sequence() + ")",
                    said.from() + " in " + said.room() + (said.action() ? ": * " : ": ") + words);
        } else if (event instanceof ChatEvent.Left left) {
            return of(
                    now,
                    Kind.PEOPLE,
                    left.from() + " left " + left.room() + (left.reason().isEmpty() ? "" : ": " + left.reason()));
        } else if (event instanceof ChatEvent.Topic topic) {
            String set = topic.from() + " set the topic of " + topic.room();
            String words = VisibleText.onOneLine(topic.topic());
            return new LogEntry(now, Kind.MESSAGE, set, set + ": " + words);
        }
        return of(now, Kind.PEOPLE, event.from() + " joined " + event.room());
    }

    String shown(boolean words) {
        return words ? withWords : text;
    }
}

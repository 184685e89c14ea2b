package io.kabar.swing.monitor;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.view.Wording;
import io.kabar.chat.view.words.VisibleText;
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
        String words = VisibleText.onOneLine(event.text());
        return event.content().accept(new Content.Visitor<LogEntry>() {
            @Override
            public LogEntry said(Content.Said said) {
                String without = event.from() + " said something in " + event.room() + " (#" + event.sequence() + ")";
                // What two people say to each other alone is nobody's to read here.
                return new LogEntry(
                        now,
                        Kind.MESSAGE,
                        without,
                        event.room().isDirect()
                                ? without
                                : event.from() + " in " + event.room() + (said.action() ? ": * " : ": ") + words);
            }

            @Override
            public LogEntry joined(Content.Joined joined) {
                return of(now, Kind.PEOPLE, event.from() + " joined " + event.room());
            }

            @Override
            public LogEntry left(Content.Left left) {
                String reason = words.isEmpty() ? "" : ": " + words;
                return of(now, Kind.PEOPLE, event.from() + " left " + event.room() + reason);
            }

            @Override
            public LogEntry topic(Content.Topic topic) {
                String set = event.from() + " set the topic of " + event.room();
                return new LogEntry(now, Kind.MESSAGE, set, set + ": " + words);
            }

            @Override
            public LogEntry other(Content content) {
                return of(now, Kind.MESSAGE, event.room() + ": " + Wording.of(event));
            }
        });
    }

    String shown(boolean words) {
        return words ? withWords : text;
    }
}

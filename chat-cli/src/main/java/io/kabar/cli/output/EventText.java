package io.kabar.cli.output;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.view.VisibleText;

/** An event of a log in one printed line, for those who read without a model. */
public final class EventText {

    private EventText() {}

    public static String of(ChatEvent event, LineFormat format) {
        String room = event.room().toString();
        if (event instanceof ChatEvent.Said said) {
            return format.said(
                    said.time(), room, said.from(), said.from().text(), VisibleText.of(said.text()), said.action(), "");
        }
        return format.notice(room + ": " + event.from() + what(event));
    }

    private static String what(ChatEvent event) {
        if (event instanceof ChatEvent.Left left) {
            return left.reason().isEmpty() ? " left" : " left: " + VisibleText.onOneLine(left.reason());
        }
        if (event instanceof ChatEvent.Topic topic) {
            return topic.topic().isEmpty()
                    ? " cleared the topic"
                    : " set the topic: " + VisibleText.onOneLine(topic.topic());
        }
        return " joined";
    }
}

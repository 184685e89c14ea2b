package io.kabar.cli.output;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.UserName;
import io.kabar.chat.view.Wording;
import io.kabar.chat.view.words.PayloadWording;
import io.kabar.chat.view.words.VisibleText;

/** An event of a log in one printed line, for those who read without a model. */
public final class EventText {

    private EventText() {}

    public static String of(ChatEvent event, LineFormat format) {
        String room = event.room().toString();
        UserName from = event.from();
        String words = VisibleText.onOneLine(event.text());
        return event.content().accept(new Content.Visitor<String>() {
            @Override
            public String said(Content.Said said) {
                return format.said(
                        event.time(), room, from, from.text(), VisibleText.of(said.text()), said.action(), "");
            }

            @Override
            public String data(ProgramContent.Data data) {
                return format.said(event.time(), room, from, from.text(), PayloadWording.of(data.payload()), false, "");
            }

            @Override
            public String joined(Content.Joined joined) {
                return notice(from + " joined");
            }

            @Override
            public String left(Content.Left left) {
                return notice(from + " left" + (words.isEmpty() ? "" : ": " + words));
            }

            @Override
            public String topic(Content.Topic topic) {
                return notice(Wording.topic(from, words));
            }

            @Override
            public String other(Content content) {
                return notice(Wording.of(event));
            }

            private String notice(String what) {
                return format.notice(room + ": " + what);
            }
        });
    }
}

package io.kabar.chat.view;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.UserName;
import io.kabar.chat.view.words.PayloadWording;
import io.kabar.chat.view.words.Reading;
import io.kabar.chat.view.words.VisibleText;
import java.util.List;
import java.util.function.Predicate;

/** Events of the past as lines of a transcript, each in its place and once. Who came and went then is left out. */
final class PastEvents {

    private final Transcript transcript;
    private final UserName self;
    private final Predicate<UserName> ignored;
    private final AmendedLines lines;

    PastEvents(Transcript transcript, UserName self, Predicate<UserName> ignored, AmendedLines lines) {
        this.transcript = transcript;
        this.self = self;
        this.ignored = ignored;
        this.lines = lines;
    }

    void show(List<ChatEvent> events) {
        events.forEach(event -> event.content().accept(showing(event)).run());
    }

    private Content.Visitor<Runnable> showing(ChatEvent event) {
        return new Content.Visitor<>() {
            @Override
            public Runnable said(Content.Said said) {
                return message(VisibleText.of(said.text()), said.action());
            }

            @Override
            public Runnable data(ProgramContent.Data data) {
                return message(PayloadWording.of(data.payload()), false);
            }

            @Override
            public Runnable valueSet(ProgramContent.ValueSet set) {
                return () -> {};
            }

            private Runnable message(String text, boolean action) {
                return ignored.test(event.from())
                        ? () -> {}
                        : () -> transcript.restored(
                                event.sequence(), id -> line(id, event, lines.read(event, text), action));
            }

            @Override
            public Runnable topic(Content.Topic set) {
                String words = Wording.topic(event.from(), VisibleText.onOneLine(set.text()));
                return notice(TranscriptLine.Notice.Kind.TOPIC, words);
            }

            @Override
            public Runnable other(Content content) {
                return content.isComingOrGoing() || content instanceof Amendment
                        ? () -> {}
                        : notice(TranscriptLine.Notice.Kind.INFO, Wording.of(event));
            }

            private Runnable notice(TranscriptLine.Notice.Kind kind, String words) {
                return () -> transcript.restored(
                        event.sequence(), id -> new TranscriptLine.Notice(id, event.time(), kind, words));
            }
        };
    }

    private TranscriptLine line(long id, ChatEvent event, Reading reading, boolean action) {
        return new TranscriptLine.Said(
                id,
                event.time(),
                event.from(),
                reading,
                action,
                event.from().equals(self),
                false,
                true,
                SendState.accepted(event.sequence()));
    }
}

package io.kabar.chat.internal.server.lane;

import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.endpoint.Sentences;
import io.kabar.chat.internal.server.order.Denial;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.rules.Obstacle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What speaks against a message, with a sentence that knows more than the refusal's own. */
public record Objection(
        Refusal refusal, String sentence, @Nullable Obstacle obstacle) {

    /** Kinds of events that members say; whatever else happens in a room, the server writes. */
    private static final Set<Integer> SAYABLE = Set.of(
            Content.SAID,
            Content.TOPIC,
            Content.ROLE_GIVEN,
            Content.BANNED,
            Content.KICKED,
            Content.MUTED,
            Content.MODES_SET,
            Content.DESCRIBED,
            Content.INVITED,
            Content.DATA,
            Content.VALUE_SET,
            Content.EDITED,
            Content.DELETED,
            Content.REACTED);

    /** Nothing more can happen in a room. */
    public static final Objection FULL = new Objection(
            Refusal.NOT_ALLOWED, "This room has no numbers left for what is said in it; go on in another one.");

    public Objection(Refusal refusal, String sentence) {
        this(refusal, sentence, null);
    }

    public Objection(Refusal refusal) {
        this(refusal, refusal.sentence());
    }

    public Objection(Refusal refusal, Obstacle obstacle) {
        this(refusal, obstacle.sentence(), obstacle);
    }

    public Objection(Denial denial) {
        this(denial.refusal(), denial.sentence());
    }

    public Objection(ChatException e) {
        this(e.refusal(), String.valueOf(e.getMessage()));
    }

    /** Refuses a request with it. */
    public void answer(Request request) {
        request.refuse(refusal, sentence, obstacle);
    }

    /** What speaks against a message wherever it is said; null if nothing does. */
    public static @Nullable Objection to(ClientMessage.Say message, int maxMessageBytes) {
        String text = message.content().text();
        if (message.id().equals(MessageId.NONE)) {
            return new Objection(Refusal.BAD_REQUEST);
        }
        int kind = message.content().kind();
        if (!SAYABLE.contains(kind)) {
            return new Objection(
                    Refusal.UNSUPPORTED, "Events of kind " + kind + " are not for members of a room to say.");
        }
        if ((isWhatIsSaid(message.content()) || kind == Content.REACTED) && Limits.isInvisible(text)) {
            return new Objection(Refusal.BAD_REQUEST, Sentences.nothingToSee(text));
        }
        return toSize(message.content(), maxMessageBytes);
    }

    /** What speaks against so long a message or topic; null if nothing does. */
    public static @Nullable Objection toSize(Content content, int maxMessageBytes) {
        String text = content.text();
        if (content instanceof ProgramContent program) {
            return toLength(program.payload().length(), maxMessageBytes);
        }
        if (!isWhatIsSaid(content)) {
            int length = text.codePointCount(0, text.length());
            return length > Limits.LINE_CHARACTERS
                    ? tooLarge(
                            content.kind() == Content.TOPIC ? "topic" : "text",
                            length,
                            Limits.LINE_CHARACTERS,
                            "characters")
                    : null;
        }
        return toLength(text.getBytes(StandardCharsets.UTF_8).length, maxMessageBytes);
    }

    private static @Nullable Objection toLength(int length, int maxMessageBytes) {
        return length > maxMessageBytes ? tooLarge("message", length, maxMessageBytes, "bytes") : null;
    }

    private static boolean isWhatIsSaid(Content content) {
        return content.kind() == Content.SAID || content.kind() == Content.EDITED;
    }

    private static Objection tooLarge(String what, int length, int most, String unit) {
        return new Objection(
                Refusal.TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The %s is %,d %s long; this server accepts at most %,d.",
                        what,
                        length,
                        unit,
                        most));
    }
}

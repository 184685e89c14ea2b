package io.kabar.chat;

import io.kabar.chat.rules.Obstacle;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something was refused, or was lost with the connection. The message is one sentence for a person; {@link #refusal()}
 * is its stable code; the subtypes are there to be caught by those who act differently on them.
 */
public class ChatException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final @Nullable Duration retryAfter;

    /** A refusal in a sentence; {@code retryAfter} tells when to try again, if that helps. */
    protected ChatException(Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        super(sentence);
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    /** The exception of the subtype that belongs to a refusal. */
    public static ChatException of(Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        String text = sentence.isEmpty() ? refusal.sentence() : sentence;
        return switch (refusal) {
            case WRONG_PASSWORD -> new WrongPassword(text);
            case NAME_TAKEN, BAD_NAME -> new NameRefused(refusal, text);
            case LOGIN_THROTTLED, RATE_LIMITED, BUSY -> new TryLater(refusal, text, retryAfter);
            case UNREACHABLE -> new Unreachable(text);
            case TIMED_OUT -> new TimedOut(text);
            case SERVER_KEY_CHANGED -> new ServerKeyChanged(text);
            case SERVER_UNPROVEN -> new ServerUnproven(text);
            case BACK_PRESSURED -> new BackPressured(text);
            case CLOSED -> new Closed(text);
            default -> new ChatException(refusal, text, retryAfter);
        };
    }

    /** The same where a rule of a room may stand against it. */
    public static ChatException of(
            Refusal refusal, String sentence, @Nullable Duration retryAfter, @Nullable Obstacle obstacle) {
        return obstacle == null ? of(refusal, sentence, retryAfter) : new NotPermitted(refusal, sentence, obstacle);
    }

    /** The exception of a refusal in its standard words. */
    public static ChatException of(Refusal refusal) {
        return of(refusal, "", null);
    }

    /** The stable code. */
    public Refusal refusal() {
        return refusal;
    }

    /** How long to wait before it is worth trying again, if waiting helps. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The password is wrong, or there is no such account. */
    public static final class WrongPassword extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private WrongPassword(String sentence) {
            super(Refusal.WRONG_PASSWORD, sentence, null);
        }
    }

    /** The name is somebody else's, or breaks the rules for names. */
    public static final class NameRefused extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private NameRefused(Refusal refusal, String sentence) {
            super(refusal, sentence, null);
        }
    }

    /** A limit was reached; {@link #retryAfter()} says when it is worth trying again. */
    public static final class TryLater extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private TryLater(Refusal refusal, String sentence, @Nullable Duration retryAfter) {
            super(refusal, sentence, retryAfter);
        }
    }

    /** A rule of a room stands against it; {@link #obstacle()} says which, and who can change that. */
    public static final class NotPermitted extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Obstacle obstacle;

        private NotPermitted(Refusal refusal, String sentence, Obstacle obstacle) {
            super(refusal, sentence.isEmpty() ? obstacle.sentence() : sentence, null);
            this.obstacle = obstacle;
        }

        /** What stands against it. */
        public Obstacle obstacle() {
            return obstacle;
        }
    }

    /** Nobody answers at that address. */
    public static final class Unreachable extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private Unreachable(String sentence) {
            super(Refusal.UNREACHABLE, sentence, null);
        }
    }

    /** There was no answer in time. */
    public static final class TimedOut extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private TimedOut(String sentence) {
            super(Refusal.TIMED_OUT, sentence, null);
        }
    }

    /** The server has another key than the one it is known by: it was set up anew, or somebody stands in for it. */
    public static final class ServerKeyChanged extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private ServerKeyChanged(String sentence) {
            super(Refusal.SERVER_KEY_CHANGED, sentence, null);
        }
    }

    /**
     * The server has not proven that it knows the password that was given, so nobody is signed in: it asks for none, as
     * open servers do, or somebody stands in for it. For an open server, leave the password out.
     */
    public static final class ServerUnproven extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private ServerUnproven(String sentence) {
            super(Refusal.SERVER_UNPROVEN, sentence, null);
        }
    }

    /** As much is waiting to be sent as may wait; nothing was lost, this one was not taken. */
    public static final class BackPressured extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private BackPressured(String sentence) {
            super(Refusal.BACK_PRESSURED, sentence, null);
        }
    }

    /** The client was closed before this was answered. */
    public static final class Closed extends ChatException {
        @Serial
        private static final long serialVersionUID = 1L;

        private Closed(String sentence) {
            super(Refusal.CLOSED, sentence, null);
        }
    }
}

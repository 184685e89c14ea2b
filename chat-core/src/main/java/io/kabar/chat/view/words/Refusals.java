package io.kabar.chat.view.words;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says what was refused, and what a person can do about it. */
public final class Refusals {

    private Refusals() {}

    /** One sentence, or two where there is something to do, for anything that a call of the client failed with. */
    public static String sentence(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ChatException refused) {
            return of(refused);
        }
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? "Something went wrong inside Kabar (" + cause.getClass().getSimpleName() + ")."
                : VisibleText.onOneLine(message);
    }

    /** The failure itself, without what futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String of(ChatException refused) {
        String told = refused.getMessage();
        Refusal refusal = refused.refusal();
        // Words of the server's own know more than the standard ones.
        String sentence =
                told == null || told.equals(refusal.sentence()) ? sentence(refusal) : VisibleText.onOneLine(told);
        return refused.retryAfter()
                .map(wait -> sentence + " Try again in " + words(wait) + ".")
                .orElse(sentence);
    }

    /** What the refusal means to a person, with the way out where there is one. */
    public static String sentence(Refusal refusal) {
        return switch (refusal) {
            case WRONG_PASSWORD -> "The password is wrong.";
            case NAME_TAKEN -> "That name is taken: it belongs to the device that first used it. Choose another.";
            case BAD_NAME -> "That name is not allowed here.";
            case LOGIN_THROTTLED -> "Too many failed logins.";
            case TOO_MANY_SESSIONS -> "Too many sessions from this address; sign out on one of them first.";
            case SERVER_FULL -> "The server is full.";
            case RATE_LIMITED -> "Too many messages in a short time.";
            case TOO_LARGE -> "The message is longer than this server accepts.";
            case NOT_ALLOWED -> "That is not allowed.";
            case NOT_IN_ROOM -> "You are not in that room.";
            case TOO_MANY_ROOMS -> "You are in as many rooms as the server allows; leave one first.";
            case NO_SUCH_USER -> "There is nobody of that name.";
            case STORAGE -> "The server cannot store messages at the moment, so it accepts none.";
            case BUSY -> "The server is busy.";
            case BAD_REQUEST -> "The server did not understand the request.";
            case UNSUPPORTED -> Refusal.UNSUPPORTED.sentence();
            case DEVICE_REVOKED -> Refusal.DEVICE_REVOKED.sentence();
            case NOT_INVITED -> Refusal.NOT_INVITED.sentence();
            case OUT_OF_ORDER ->
                "Something you said later is in the room already; if this is not there too, it is not said any more.";
            case UNREACHABLE -> "The server cannot be reached.";
            case TIMED_OUT -> "There was no answer in time.";
            case SERVER_KEY_CHANGED ->
                "The server's key has changed: it was set up anew, or somebody stands in for it.";
            case SERVER_UNPROVEN ->
                "The server has not proven that it knows the password: it asks for none, or somebody stands in for it.";
            case VERSION -> "The server speaks another version of the protocol.";
            case BACK_PRESSURED -> "Too much is waiting to be sent already; this was not taken.";
            case CLOSED -> "The connection is closed.";
            case DEFECT -> Refusal.DEFECT.sentence();
            case FATE_UNKNOWN ->
                "Whether this was said is not known: the connection was lost, and too much has happened since. Look "
                        + "before you say it again.";
        };
    }

    /** {@code 3 s}, {@code 5 min}; rounded up, so that who waits that long has waited long enough. */
    public static String words(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }
}

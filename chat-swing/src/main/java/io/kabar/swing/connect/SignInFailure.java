package io.kabar.swing.connect;

import io.kabar.chat.ChatException;
import io.kabar.chat.view.words.Refusals;
import io.kabar.swing.connect.ConnectRequest.Field;
import java.nio.file.Path;

/**
 * Why nobody is signed in.
 *
 * @param sentence what happened, and what can be done about it
 * @param field what is to be mended
 */
public record SignInFailure(String sentence, Field field) {

    public static SignInFailure of(Throwable failure, ConnectRequest request, Path knownServers) {
        return new SignInFailure(sentence(failure, request, knownServers), field(Refusals.cause(failure)));
    }

    private static Field field(Throwable cause) {
        if (cause instanceof ChatException.WrongPassword || cause instanceof ChatException.ServerUnproven) {
            return Field.PASSWORD;
        }
        return cause instanceof ChatException.NameRefused ? Field.NAME : Field.SERVER;
    }

    private static String sentence(Throwable failure, ConnectRequest request, Path knownServers) {
        Throwable cause = Refusals.cause(failure);
        String sentence = Refusals.sentence(cause);
        String address = request.server().address();
        if (cause instanceof ChatException.ServerKeyChanged) {
            String remedy = "remove the line of " + address + " from " + knownServers
                    + (request.server().key().isPresent() ? ", and ask for a new invitation." : ".");
            // The keys, and what to do about them: each in a paragraph of its own.
            return sentence + "\n\nSomebody may stand between you and the server. If you know that it was set up anew, "
                    + remedy;
        }
        if (cause instanceof ChatException refused
                && sentence.equals(Refusals.sentence(refused.refusal()))
                && (refused instanceof ChatException.Unreachable || refused instanceof ChatException.TimedOut)) {
            return "Nobody answers at " + address
                    + ". Check the address. The server may be stopped, or a firewall may hold back UDP.";
        }
        if (cause instanceof ChatException.WrongPassword && request.password().isEmpty()) {
            return "The server asks for a password.";
        }
        return sentence;
    }
}

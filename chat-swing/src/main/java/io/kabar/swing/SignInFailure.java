package io.kabar.swing;

import io.kabar.chat.ChatException;
import io.kabar.chat.view.Refusals;
import java.nio.file.Path;

/** Says why nobody is signed in, and what can be done about it. */
final class SignInFailure {

    private SignInFailure() {}

    static String sentence(Throwable failure, ConnectRequest request, Path knownServers) {
        Throwable cause = Refusals.cause(failure);
        String sentence = Refusals.sentence(cause);
        String address = request.server().address();
        if (cause instanceof ChatException.ServerKeyChanged) {
            String remedy = request.server().key().isPresent()
                    ? "ask for a new invitation."
                    : "remove the line of " + address + " from " + knownServers + ".";
            return sentence + " Somebody may stand between you and the server. If you know that it was set up anew, "
                    + remedy;
        }
        if (cause instanceof ChatException refused
                && sentence.equals(Refusals.sentence(refused.refusal()))
                && (refused instanceof ChatException.Unreachable || refused instanceof ChatException.TimedOut)) {
            return "Nobody answers at " + address + ". Check the address, and that UDP gets there.";
        }
        if (cause instanceof ChatException.WrongPassword && request.password().isEmpty()) {
            return "The server asks for a password.";
        }
        return sentence;
    }
}

package io.kabar.chat.spi;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Limits;
import io.kabar.chat.UserName;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * The host program's own users: tells whose a token is. A client that was given a token proves with it who it is, in
 * place of a password; neither the {@link AccountStore} nor a join password is asked then.
 *
 * <p>This is admission: it is asked once for each sign-in, also when a client comes back after its connection was lost
 * or the server was restarted, and never about what was said before.
 *
 * <p><b>Threads.</b> Called from worker threads of the server, up to eight at a time; calls may block, and the stage
 * may complete on any thread. What is not answered within 5 seconds is refused as busy, and so is what fails or throws;
 * the listener is warned of the latter.
 */
@FunctionalInterface
public interface Authenticator {

    /** Longest token in bytes of UTF-8. */
    int TOKEN_BYTES = 1024;

    /** Tells whose a token is, or refuses it in words. */
    CompletionStage<Answer> authenticate(Credentials credentials);

    /**
     * What somebody shows who wants to sign in.
     *
     * @param name by which they want to be known; as typed, and not proven
     * @param token that they show; at most {@link #TOKEN_BYTES}
     * @param address where they come from
     */
    record Credentials(UserName name, String token, InetSocketAddress address) {

        /** Leaves the token out, so that no log ever holds it. */
        @Override
        public String toString() {
            return "Credentials[" + name + " at " + address + "]";
        }
    }

    /** What the host program answers. */
    sealed interface Answer {

        /**
         * It is the token of this account, whose name is the one the user has from now on: no two accounts of a host
         * program may have names that mean the same.
         */
        static Answer accept(Account account) {
            return new Accepted(account);
        }

        /**
         * It is nobody's, or its owner is not let in.
         *
         * @param sentence that the person is shown, cut to 390 characters
         */
        static Answer refuse(String sentence) {
            return new Refused(sentence);
        }
    }

    /** The token is this account's. */
    record Accepted(Account account) implements Answer {

        /** An account that signs in has a number. */
        public Accepted {
            if (account.id() < 1) {
                throw new IllegalArgumentException("An account that signs in has a number from 1 on.");
            }
        }
    }

    /** Nobody is signed in, for the reason in this sentence. */
    record Refused(String sentence) implements Answer {

        /** Cuts the sentence. */
        public Refused {
            sentence = Limits.cutLine(requireNonNull(sentence, "sentence"));
        }
    }
}

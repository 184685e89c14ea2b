package io.kabar.cli.chat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.words.Refusals;
import io.kabar.cli.connect.Connector;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Signs in where a person can be asked again: for a password only when the server has been reached and wants one, and
 * for another name when that one is somebody else's.
 */
final class SignIn {

    /** What came of it. */
    record SignedIn(ChatClient client, ChatModel model) {}

    private final Connector connector;
    private final ChatQuestions questions;
    private final Executor executor;

    SignIn(Connector connector, ChatQuestions questions, Executor executor) {
        this.connector = connector;
        this.questions = questions;
        this.executor = executor;
    }

    /**
     * Signs in.
     *
     * @param given the password that was given with the command, which is not asked for again
     * @throws ChatException if that is refused and there is nobody to ask, or nobody who answers, or after three tries
     */
    SignedIn start(UserName as, Optional<String> given) throws InterruptedException {
        UserName name = as;
        Optional<String> password = given;
        int wrong = 0;
        int taken = 0;
        while (true) {
            ChatModel model = new ChatModel(name, InstantSource.system());
            try {
                return new SignedIn(connector.connect(name, password, model, executor), model);
            } catch (ChatException refused) {
                if (refused.refusal() == Refusal.WRONG_PASSWORD && given.isEmpty() && wrong < ChatQuestions.TRIES) {
                    password.ifPresent(typed -> questions.tell(Refusals.sentence(refused)));
                    password = Optional.of(
                            questions.password(connector.address(), name).orElseThrow(() -> refused));
                    wrong++;
                } else if (isAboutTheName(refused.refusal()) && taken < ChatQuestions.TRIES) {
                    questions.tell(Refusals.sentence(refused));
                    name = questions.name().orElseThrow(() -> refused);
                    taken++;
                } else {
                    throw refused;
                }
            }
        }
    }

    private static boolean isAboutTheName(Refusal refusal) {
        return refusal == Refusal.NAME_TAKEN || refusal == Refusal.BAD_NAME;
    }
}

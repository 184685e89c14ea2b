package io.kabar.chat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authorizer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a host program is asked while it answers nothing. */
class HostQuestionsTest {

    private static final Authorizer.Person ADA = new Authorizer.Person(
            Author.of(UserName.of("ada")), Account.MEMBER, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));

    @Test
    void no_more_questions_wait_than_may_and_the_others_have_no_verdict() throws Exception {
        CountDownLatch decided = new CountDownLatch(1);
        Authorizer slow = new Authorizer() {
            @Override
            public CompletionStage<Decision> mayEnter(Person person, RoomName room) {
                try {
                    decided.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return CompletableFuture.completedFuture(Decision.ALLOW);
            }
        };
        List<Verdict> verdicts = new CopyOnWriteArrayList<>();
        HostQuestions questions = new HostQuestions(
                null,
                slow,
                new ListenerCalls(new ChatServerListener() {}, new Callbacks("questions-test", null, Machine.system())),
                Machine.system());
        int asked = HostQuestions.WAITING + 100;
        CountDownLatch all = new CountDownLatch(asked);
        for (int i = 0; i < asked; i++) {
            questions.mayEnter(new ServerEvent.MayEnter(i, ADA, RoomName.LOBBY), verdict -> {
                verdicts.add(verdict);
                all.countDown();
            });
        }

        assertThat(verdicts).hasSizeGreaterThan(50).containsOnly(new Verdict.Missing());
        decided.countDown();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        questions.close();
    }
}

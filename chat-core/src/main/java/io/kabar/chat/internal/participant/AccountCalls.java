package io.kabar.chat.internal.participant;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.spi.PasswordVerifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What somebody asks, or wants done, that concerns their own account and whom they invite. */
final class AccountCalls {

    private final ParticipantDriver<?> driver;
    private final ClientEndpoint endpoint;

    AccountCalls(ParticipantDriver<?> driver, ClientEndpoint endpoint) {
        this.driver = driver;
        this.endpoint = endpoint;
    }

    CompletableFuture<Void> changePassword(String oldPassword, String newPassword) {
        PasswordVerifier.requirePassword(oldPassword);
        PasswordVerifier.requirePassword(newPassword);
        return driver.<Answer.PasswordSalt>call((callId, now) -> endpoint.ask(
                        callId,
                        Query.PasswordSalt::new,
                        answer -> answer instanceof Answer.PasswordSalt salt ? salt : null,
                        now))
                .thenCompose(salt -> driver.<Object>call((callId, now) -> driver.work(
                        callId, () -> salted(oldPassword, salt, newPassword), (made, time) -> set(callId, made, time))))
                .thenApply(done -> null);
    }

    private void set(long callId, Made made, long now) {
        endpoint.setPassword(callId, made.verifier(), made.salted(), made.salt(), made.iterations(), now);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Made(String verifier, byte[] salted, byte[] salt, int iterations) {}

    private static Made salted(String oldPassword, Answer.PasswordSalt salt, String newPassword) {
        boolean asked = salt.salt().length > 0 && salt.iterations() <= Scram.MAX_ITERATIONS;
        char[] typed = oldPassword.toCharArray();
        byte[] salted = asked ? Scram.saltedPassword(typed, salt.salt(), salt.iterations()) : new byte[0];
        Arrays.fill(typed, '\0');
        return new Made(PasswordVerifier.derive(newPassword), salted, salt.salt(), salt.iterations());
    }

    CompletableFuture<Void> changePassword(String newPassword) {
        PasswordVerifier.requirePassword(newPassword);
        return driver.<Object>call((callId, now) -> driver.work(
                        callId,
                        () -> new Made(PasswordVerifier.derive(newPassword), new byte[0], new byte[0], 0),
                        (made, time) -> set(callId, made, time)))
                .thenApply(done -> null);
    }

    CompletableFuture<List<KnownDevice>> devices() {
        return driver.call((callId, now) -> endpoint.ask(
                callId,
                Query.Devices::new,
                answer -> answer instanceof Answer.Devices list ? list.devices() : null,
                now));
    }

    CompletableFuture<Void> revokeDevice(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Devices are numbered from 1.");
        }
        return done(() -> new Query.RevokeDevice(number));
    }

    CompletableFuture<Void> rename(UserName newName) {
        requireNonNull(newName, "newName");
        return done(() -> new Query.Rename(newName.text()));
    }

    private CompletableFuture<Void> done(Supplier<Query> question) {
        return driver.<Object>call((callId, now) ->
                        endpoint.ask(callId, question, answer -> answer instanceof Answer.Done ? answer : null, now))
                .thenApply(done -> null);
    }

    CompletableFuture<InviteLink> invite(InvitationTerms terms) {
        Query question = new Query.Invite(
                terms.room(), terms.role(), terms.uses(), terms.time().toSeconds());
        return driver.<Answer.Invited>call((callId, now) -> endpoint.ask(
                        callId,
                        () -> question,
                        answer -> answer instanceof Answer.Invited invited ? invited : null,
                        now))
                .thenApply(invited -> driver.link().withSecret(invited.secret(), terms.room()));
    }

    CompletableFuture<List<Invitation>> invitations() {
        return driver.call((callId, now) -> endpoint.ask(
                callId,
                Query.Invitations::new,
                answer -> answer instanceof Answer.Invitations list ? list.invitations() : null,
                now));
    }

    CompletableFuture<Void> withdraw(long invitation) {
        return done(() -> new Query.Withdraw(invitation));
    }
}

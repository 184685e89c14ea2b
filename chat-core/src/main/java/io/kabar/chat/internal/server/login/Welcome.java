package io.kabar.chat.internal.server.login;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authorizer;
import java.time.Duration;

/**
 * The end of an {@link Attempt} that has proven who it is: whether order and the host program let it in, what its
 * invitation gives, and a place among the users.
 */
final class Welcome {

    /** When to try again if there is no place: by then somebody may have gone. */
    private static final long FULL_WAIT = Duration.ofSeconds(10).toNanos();

    private final Attempt attempt;
    private final Logins logins;
    private final ServerSession session;

    Welcome(Attempt attempt, Logins logins, ServerSession session) {
        this.attempt = attempt;
        this.logins = logins;
        this.session = session;
    }

    /** Who it is has been proven. */
    void accept(Login proven) {
        Account account = proven.account();
        if (account != null && attempt.isDenied(logins.users.order().toSigningIn(account.id()), account.name())) {
            return; // told to nobody but who has proven to be it
        }
        if (account == null || !logins.questions.authorizes()) {
            redeem(proven);
            return;
        }
        session.claims(account.name());
        Authorizer.Person person = new Authorizer.Person(account.author(), account.role(), session.remote());
        logins.questions.ask(
                id -> new ServerEvent.MaySignIn(id, person), verdict -> session.serve(() -> judged(verdict)));
    }

    private void judged(Verdict verdict) {
        Login proven = attempt.waited();
        if (proven == null) {
            return;
        }
        if (verdict instanceof Verdict.Refused refused) {
            attempt.refuse(Refusal.NOT_ALLOWED, proven.name().text(), 0, refused.sentence());
        } else if (verdict instanceof Verdict.Allowed) {
            redeem(proven);
        } else {
            attempt.refuse(proven, Refusal.BUSY, Attempt.UNDECIDED_WAIT);
        }
    }

    /** Who shows an invitation has what it gives when they hear that they are signed in, and enter rooms. */
    private void redeem(Login proven) {
        Account account = proven.account();
        if (account == null || attempt.invited().length == 0 || proven.isByToken() || proven.isGuest()) {
            welcome(proven);
            return;
        }
        session.claims(account.name());
        byte[] secret = attempt.invited();
        attempt.usesInvitation();
        logins.invitations.redeem(secret, account, () -> session.serve(this::redeemed));
    }

    private void redeemed() {
        Login proven = attempt.waited();
        Account account = proven == null ? null : proven.account();
        if (proven != null
                && account != null
                && !attempt.isDenied(logins.users.order().toSigningIn(account.id()), account.name())) {
            welcome(proven);
        }
    }

    private void welcome(Login accepted) {
        Account account = accepted.account();
        if (account == null) {
            return;
        }
        Refusal noPlace = logins.users.takePlace(session, account.name(), accepted.instance());
        if (noPlace != null) {
            attempt.refuse(accepted, noPlace, FULL_WAIT);
            return;
        }
        logins.throttle.succeeded(session.countedAddress(), accepted.name().key());
        session.claims(accepted.name());
        session.signsInFrom(accepted.device(), !accepted.isByToken() && !accepted.isGuest());
        User user = logins.users.signIn(session, account, accepted.instance(), logins.rooms.apply(session));
        if (accepted.device() != 0) {
            logins.loop.tell(new ServerEvent.DeviceSeen(account.id(), accepted.device(), accepted.label()));
        }
        session.say(new ServerMessage.Welcome(
                accepted.signature(),
                user.author().account(),
                user.name().text(),
                user.role(),
                logins.settings.maxMessageBytes(),
                user.may(Capability.NO_LIMITS) ? 0 : logins.settings.rateBurst(),
                logins.settings.ratePerSecond(),
                logins.settings.roomsPerSession()));
        user.tellOtherDevices(session);
        if (!accepted.isByToken()) { // whose token it is is asked each time
            logins.resumeTickets.issue(session, accepted);
        }
        session.service().onSignedIn();
    }
}

package io.kabar.chat.internal.server.login;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.GuestNames;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.spi.Account;
import org.jspecify.annotations.Nullable;

/** Somebody new in an {@link Attempt}: whether they may come in, and how they get an account, or a guest's number. */
final class Newcomer {

    private static final String TOO_MANY_NAMES = "Too many new names have come from your network; try again later.";

    private final Attempt attempt;
    private final Welcome welcome;
    private final Logins logins;
    private final ServerSession session;
    /** By which it comes in, and of which a use is taken. */
    private @Nullable InvitationRecord invitation;

    Newcomer(Attempt attempt, Welcome welcome, Logins logins, ServerSession session) {
        this.attempt = attempt;
        this.welcome = welcome;
        this.logins = logins;
        this.session = session;
    }

    /** Somebody new comes: with a name of their own, or as a guest. */
    void comeIn(Login begun) {
        InvitationRecord shownOne = begun.isGuest() ? null : logins.invitations.find(attempt.invited());
        boolean needsOne = logins.settings.policy().newcomers() == LoginPolicy.Newcomers.INVITED && !begun.isGuest();
        if (needsOne && (shownOne == null || !shownOne.admits())) {
            attempt.refuse(
                    begun, Refusal.NOT_INVITED, 0); // before they count as somebody new, which others have to wait for
            return;
        }
        long untilNextName = logins.users.addressRates().newName(session.countedAddress(), logins.loop.now());
        if (untilNextName > 0) {
            attempt.refuse(Refusal.LOGIN_THROTTLED, begun.name().text(), untilNextName, TOO_MANY_NAMES);
            return;
        }
        if (attempt.isDenied(logins.users.order().toNewName(session.countedAddress()), begun.name())) {
            return;
        }
        if (begun.isGuest()) {
            logins.askStoreForNumber(this::drawn, attempt::storeFailed);
        } else if (shownOne == null) {
            register(begun);
        } else {
            logins.invitations.take(
                    shownOne, Records.Stored.then(stored -> session.serve(() -> invitationTaken(shownOne, stored))));
        }
    }

    private void invitationTaken(InvitationRecord taken, boolean stored) {
        Login begun = attempt.waited();
        if (stored && begun != null) {
            invitation = taken;
            register(begun);
        } else if (stored) {
            logins.invitations.giveBack(taken);
        } else if (begun != null) {
            attempt.refuse(begun, Refusal.STORAGE, 0);
        }
    }

    private void register(Login begun) {
        Account wanted = begun.newAccount(logins.loop.time());
        logins.askStore(callId -> new ServerEvent.Register(callId, wanted), this::registered, this::storeFailed);
    }

    /** The number of a guest is drawn. */
    private void drawn(long number) {
        Login begun = attempt.waited();
        if (begun != null) {
            begun.isGuestNumber(GuestNames.account(number, logins.loop.time()));
            welcome.accept(begun);
        }
    }

    private void registered(@Nullable Account account) {
        settleInvitation(account);
        Login begun = attempt.waited();
        if (begun != null && begun.registered(account) == Login.State.ACCEPTED) {
            welcome.accept(begun);
        } else if (begun != null) {
            attempt.refuse(begun, begun.refusal(), 0);
        }
    }

    /** Whoever was invited has come in, or not, also if they are gone by now. */
    private void settleInvitation(@Nullable Account account) {
        InvitationRecord taken = invitation;
        invitation = null;
        if (taken != null && account != null) {
            logins.invitations.used(taken, account);
            attempt.usesInvitation();
        } else if (taken != null) {
            logins.invitations.giveBack(taken);
        }
    }

    private void storeFailed() {
        settleInvitation(null);
        attempt.storeFailed();
    }
}

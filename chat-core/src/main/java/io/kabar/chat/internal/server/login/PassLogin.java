package io.kabar.chat.internal.server.login;

import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.GuestNames;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.spi.Account;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A participant of the host program's own in an {@link Attempt}: it shows the pass that it was given. */
final class PassLogin {

    private static final String SOMEBODYS = "That name belongs to somebody who signs in with a device or a password.";

    private final Attempt attempt;
    private final Welcome welcome;
    private final Logins logins;
    private final ServerSession session;

    PassLogin(Attempt attempt, Welcome welcome, Logins logins, ServerSession session) {
        this.attempt = attempt;
        this.welcome = welcome;
        this.logins = logins;
        this.session = session;
    }

    /** Goes on with it if what is shown is a pass for its name; else tells that it is none. */
    boolean takes(Login begun, byte[] shown) {
        Passes.Pass pass = logins.passes.find(begun.typed(), shown);
        if (pass == null) {
            return false;
        }
        begun.isJudged();
        Account own = pass.own();
        if (own == null) {
            logins.lookups.find(
                    begun.typed(), account -> session.serve(() -> known(pass, account)), attempt::storeFailed);
        } else {
            enter(begun, pass, own);
        }
        return true;
    }

    private void known(Passes.Pass pass, @Nullable Account account) {
        Login begun = attempt.waited();
        if (begun == null) {
            return;
        }
        UserName name = begun.typed();
        String objection = begun.objection(account);
        if (objection == null && account == null && GuestNames.isReserved(name)) {
            objection = GuestNames.RESERVED;
        }
        if (objection != null) {
            attempt.refuse(Refusal.BAD_NAME, name.text(), 0, objection);
        } else if (account == null) {
            Account wanted =
                    new Account(0, name, Optional.empty(), Optional.empty(), Account.MEMBER, logins.loop.time());
            logins.askStore(
                    callId -> new ServerEvent.Register(callId, wanted),
                    owner -> registered(pass, owner),
                    attempt::storeFailed);
        } else if (!pass.isOf(account)
                && (!account.devices().isEmpty() || account.password().isPresent())) {
            attempt.refuse(Refusal.NAME_TAKEN, name.text(), 0, SOMEBODYS);
        } else {
            enter(begun, pass, account);
        }
    }

    private void registered(Passes.Pass pass, @Nullable Account account) {
        Login begun = attempt.waited();
        if (begun == null) {
            return;
        }
        if (account == null) {
            attempt.refuse(begun, Refusal.NAME_TAKEN, 0);
        } else {
            enter(begun, pass, account);
        }
    }

    private void enter(Login begun, Passes.Pass pass, Account account) {
        logins.passes.shownBy(account, pass);
        begun.knownByToken(account);
        welcome.accept(begun);
    }
}

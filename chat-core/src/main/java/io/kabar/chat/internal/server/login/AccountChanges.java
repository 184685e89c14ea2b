package io.kabar.chat.internal.server.login;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.Sessions;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes accounts, and does to sessions what follows of it: a device that is shut out is put out at once, whoever has
 * another name comes back under it, whoever has another password gets tickets that are good with it.
 */
public final class AccountChanges {

    /** How a call of the account store ends: hears exactly one of the two, once. */
    public interface Then {

        /** The account as it is now. */
        void done(Account account);

        /** Nothing has changed. */
        void failed(Refusal refusal, String sentence);
    }

    private static final String GONE = "There is no account of that name.";
    private static final String TAKEN =
            "That name is taken or looks like one that is, or too many others are held for the account already.";
    private static final String UNREACHED = "The server cannot change accounts at the moment.";

    private final ServerLoop loop;
    private final Sessions sessions;
    private final Lookups lookups;
    private final Map<Long, Open> open = new HashMap<>();

    private record Open(Consumer<@Nullable Account> answer, Then then) {}

    /** Nothing is asked yet. */
    public AccountChanges(ServerLoop loop, Sessions sessions, Lookups lookups) {
        this.loop = loop;
        this.sessions = sessions;
        this.lookups = lookups;
    }

    /** Looks an account up. */
    public void find(UserName name, Then then) {
        lookups.find(
                name,
                account -> {
                    if (account == null) {
                        then.failed(Refusal.NO_SUCH_USER, GONE);
                    } else {
                        then.done(account);
                    }
                },
                () -> then.failed(Refusal.STORAGE, UNREACHED));
    }

    /**
     * Changes an account.
     *
     * @param former its name so far
     * @param by the session of its owner's that has asked for it, which has another password then and stays; null if
     *     somebody else has
     */
    public void change(long id, UserName former, AccountChange change, @Nullable ServerSession by, Then then) {
        long callId = loop.nextId();
        Consumer<@Nullable Account> answer = account -> {
            if (account == null) {
                refuse(change, then);
            } else {
                then.done(account);
                follow(account, former, change, by != null);
            }
        };
        open.put(callId, new Open(answer, then));
        loop.tell(new ServerEvent.ChangeAccount(callId, id, change));
    }

    private static void refuse(AccountChange change, Then then) {
        if (change instanceof AccountChange.NewName) {
            then.failed(Refusal.NAME_TAKEN, TAKEN);
        } else if (change instanceof AccountChange.RevokedDevice revoked) {
            then.failed(Refusal.BAD_REQUEST, "The account has no device " + revoked.number() + ".");
        } else {
            then.failed(Refusal.NO_SUCH_USER, GONE);
        }
    }

    private void follow(Account account, UserName former, AccountChange change, boolean byOwner) {
        if (change instanceof AccountChange.RevokedDevice revoked) {
            endLogins(account, former);
            boolean unused = sessions.closeAll(
                    session -> isOf(session, account) && session.device() == revoked.number(),
                    CloseReason.ACCOUNT_CHANGED,
                    "");
        } else if (change instanceof AccountChange.NewPassword && byOwner) {
            endLogins(account, former);
            renewTickets(account);
        } else if (change instanceof AccountChange.NewName) {
            endLogins(account, former);
            leave(account, "is now " + account.name());
        } else if (!(change instanceof AccountChange.NewDevice)) {
            endLogins(account, former);
            leave(account, "");
        }
    }

    /** Logins under way go by the account as it was. */
    private void endLogins(Account account, UserName former) {
        boolean unused = sessions.closeAll(
                session ->
                        !session.isActive() && (session.claimsNameOf(former) || session.claimsNameOf(account.name())),
                CloseReason.ACCOUNT_CHANGED,
                "");
    }

    /** All sessions end, and tell their rooms why. */
    private void leave(Account account, String words) {
        for (ServerSession session : List.copyOf(sessions.all())) {
            if (isOf(session, account)) {
                session.leavesWith(words);
            }
        }
        boolean unused = sessions.closeAll(session -> isOf(session, account), CloseReason.ACCOUNT_CHANGED, "");
    }

    private void renewTickets(Account account) {
        for (ServerSession session : List.copyOf(sessions.all())) {
            if (isOf(session, account)) {
                session.user().is(account);
                session.serve(session.watch()::remindNow);
            }
        }
    }

    private static boolean isOf(ServerSession session, Account account) {
        return session.isActive()
                && session.hasAccount()
                && session.user().author().account() == account.id();
    }

    /** The account store has answered; tells whether it was asked from here. */
    public boolean answered(long callId, @Nullable Account account) {
        Open call = open.remove(callId);
        if (call != null) {
            call.answer().accept(account);
        }
        return call != null;
    }

    /** The account store could not answer; tells whether it was asked from here. */
    public boolean failed(long callId) {
        Open call = open.remove(callId);
        if (call != null) {
            call.then().failed(Refusal.STORAGE, UNREACHED);
        }
        return call != null;
    }

    /** Calls that are not answered. */
    public int waiting() {
        return open.size();
    }
}

package io.kabar.chat.internal.server;

import io.kabar.chat.InvitationTerms;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.login.AccountChanges;
import io.kabar.chat.internal.server.login.AccountRequests;
import io.kabar.chat.internal.server.login.Invitations;
import io.kabar.chat.internal.server.login.Passes;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the host program does with accounts and invitations; answered as {@link HostCalls}. */
public final class HostAccounts {

    private final ServerLoop loop;
    private final AccountChanges changes;
    private final AccountRequests requests;
    private final Invitations invitations;
    private final Passes passes;

    HostAccounts(
            ServerLoop loop, AccountChanges changes, AccountRequests requests, Invitations invitations, Passes passes) {
        this.loop = loop;
        this.changes = changes;
        this.requests = requests;
        this.invitations = invitations;
        this.passes = passes;
    }

    /** Which devices an account knows. */
    public void devices(long callId, UserName name, long now) {
        loop.begin(now);
        changes.find(name, answering(callId, account -> AccountRequests.known(account, 0)));
    }

    /** Changes the account of a name. */
    public void change(long callId, UserName name, AccountChange change, long now) {
        loop.begin(now);
        String objection = change instanceof AccountChange.NewName renamed ? requests.objectionTo(renamed.name()) : "";
        if (!objection.isEmpty()) {
            loop.tell(new ServerEvent.HostRefusal(callId, Refusal.BAD_NAME, objection));
            return;
        }
        AccountChanges.Then then = answering(callId, Account::name);
        changes.find(name, new AccountChanges.Then() {
            @Override
            public void done(Account account) {
                if (change instanceof AccountChange.NewName renamed
                        && renamed.name().equals(account.name())) {
                    then.done(account);
                } else {
                    changes.change(account.id(), account.name(), change, null, then);
                }
            }

            @Override
            public void failed(Refusal refusal, String sentence) {
                then.failed(refusal, sentence);
            }
        });
    }

    private AccountChanges.Then answering(long callId, Function<Account, @Nullable Object> value) {
        return new AccountChanges.Then() {
            @Override
            public void done(Account account) {
                loop.tell(new ServerEvent.HostAnswer(callId, value.apply(account)));
            }

            @Override
            public void failed(Refusal refusal, String sentence) {
                loop.tell(new ServerEvent.HostRefusal(callId, refusal, sentence));
            }
        };
    }

    /** From now on whoever shows this secret signs in by the name; {@code own}: if the program numbers its users. */
    public void givePass(UserName name, byte[] secret, @Nullable Account own, long now) {
        loop.begin(now);
        passes.give(name, secret, own);
    }

    /** The secret is worth nothing any more. */
    public void withdrawPass(byte[] secret, long now) {
        loop.begin(now);
        passes.withdraw(secret);
    }

    /** Makes an invitation in the server's name; the answer is its secret. */
    public void invite(long callId, InvitationTerms terms, long now) {
        loop.begin(now);
        invitations.makeAsServer(terms, outcome(callId));
    }

    /** All invitations that are good. */
    public void listInvitations(long callId, long now) {
        loop.begin(now);
        loop.tell(new ServerEvent.HostAnswer(callId, invitations.all()));
    }

    /** Ends an invitation. */
    public void withdraw(long callId, long id, long now) {
        loop.begin(now);
        invitations.withdrawAny(id, outcome(callId));
    }

    private Invitations.Outcome outcome(long callId) {
        return new Invitations.Outcome() {
            @Override
            public void done(long id, byte[] secret) {
                loop.tell(new ServerEvent.HostAnswer(callId, secret));
            }

            @Override
            public void failed(Refusal refusal, String sentence) {
                loop.tell(new ServerEvent.HostRefusal(callId, refusal, sentence));
            }
        };
    }
}

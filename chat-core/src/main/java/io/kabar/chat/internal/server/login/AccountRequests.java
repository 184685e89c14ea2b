package io.kabar.chat.internal.server.login;

import io.kabar.chat.KnownDevice;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramServer;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.server.core.GuestNames;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.RequestTaker;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What people ask about their own accounts, and change in them. */
public final class AccountRequests implements RequestTaker {

    /** Why nobody has the name of the server. */
    static final String OWN_NAME = "That is the name by which the server itself speaks.";

    private static final String NO_ACCOUNT = "You have no account here.";
    private static final String PROVE =
            "The account has a password: prove it, or use the device that registered the name.";

    private final ServerLoop loop;
    private final ServerSettings settings;
    private final Logins logins;
    private final AccountChanges changes;
    private final Invitations invitations;

    /** Nothing is asked yet. */
    public AccountRequests(
            ServerLoop loop, ServerSettings settings, Logins logins, AccountChanges changes, Invitations invitations) {
        this.loop = loop;
        this.settings = settings;
        this.logins = logins;
        this.changes = changes;
        this.invitations = invitations;
    }

    @Override
    public boolean take(Request request, Query query) {
        if (!(query instanceof Query.OfAccount own)) {
            return false;
        }
        if (request.admit()) {
            admitted(request, own);
        }
        return true;
    }

    private void admitted(Request request, Query.OfAccount query) {
        ServerSession session = request.session();
        if (!session.hasAccount()) {
            request.refuse(Refusal.NOT_ALLOWED, NO_ACCOUNT);
        } else if (query instanceof Query.PasswordSalt) {
            withAccount(request, account -> request.reply(salt(account)));
        } else if (query instanceof Query.SetPassword set) {
            setPassword(request, set);
        } else if (query instanceof Query.Devices) {
            withAccount(request, account -> request.reply(new Answer.Devices(known(account, session.device()))));
        } else if (query instanceof Query.RevokeDevice revoke) {
            revoke(request, revoke.number());
        } else if (query instanceof Query.Rename rename) {
            rename(request, rename.name());
        } else {
            invitations.answer(request, query, logins.users.order());
        }
    }

    private void change(Request request, AccountChange change) {
        ServerSession session = request.session();
        AccountChanges.Then then = new Changed(request);
        changes.change(session.user().author().account(), session.name(), change, session, then);
    }

    /** Answers that the account is changed, or why it is not. */
    private record Changed(Request request) implements AccountChanges.Then {
        @Override
        public void done(Account account) {
            request.reply(new Answer.Done());
        }

        @Override
        public void failed(Refusal refusal, String sentence) {
            request.refuse(refusal, sentence);
        }
    }

    /** The account as the store has it now. */
    private void withAccount(Request request, Consumer<Account> then) {
        ServerSession session = request.session();
        changes.find(session.name(), new AccountChanges.Then() {
            @Override
            public void done(Account account) {
                if (!session.isActive()) {
                    return;
                }
                if (account.id() == session.user().author().account()) {
                    then.accept(account);
                } else {
                    request.refuse(Refusal.NOT_ALLOWED, NO_ACCOUNT);
                }
            }

            @Override
            public void failed(Refusal refusal, String sentence) {
                request.refuse(refusal, sentence);
            }
        });
    }

    // Password

    private static Answer salt(Account account) {
        try {
            ScramVerifier verifier = ScramVerifier.parse(account.password().orElse(""));
            return new Answer.PasswordSalt(verifier.salt(), verifier.iterations());
        } catch (CryptoException e) {
            return new Answer.PasswordSalt(new byte[0], 0);
        }
    }

    private void setPassword(Request request, Query.SetPassword set) {
        if (!set.verifier().isEmpty() && !isVerifier(set.verifier())) {
            request.refuse(Refusal.BAD_REQUEST, "That is no verifier of a password, or a weak one.");
            return;
        }
        withAccount(request, account -> {
            ServerSession session = request.session();
            UserName name = account.name();
            long wait = logins.throttle.waitNanos(session.countedAddress(), name.key(), true, loop.now());
            if (account.password().orElse("").equals(set.verifier())) {
                request.reply(new Answer.Done()); // asked again, as the answer was lost with the connection
            } else if (account.password().isEmpty() || session.device() == Device.FIRST) {
                change(request, newPassword(set));
            } else if (wait > 0) {
                request.later(Refusal.LOGIN_THROTTLED, wait);
            } else if (set.proof().length == 0) {
                request.refuse(Refusal.WRONG_PASSWORD, PROVE);
            } else if (proves(session, account, set)) {
                change(request, newPassword(set));
            } else {
                logins.throttle.failed(session.countedAddress(), name.key(), true, loop.now());
                request.refuse(Refusal.WRONG_PASSWORD);
            }
        });
    }

    private static AccountChange newPassword(Query.SetPassword set) {
        return new AccountChange.NewPassword(set.verifier().isEmpty() ? Optional.empty() : Optional.of(set.verifier()));
    }

    private static boolean isVerifier(String text) {
        try {
            int iterations = ScramVerifier.parse(text).iterations();
            return iterations >= Scram.LEAST_ACCEPTED && iterations <= Scram.MAX_ITERATIONS;
        } catch (CryptoException e) {
            return false;
        }
    }

    private static boolean proves(ServerSession session, Account account, Query.SetPassword set) {
        try {
            ScramVerifier verifier = ScramVerifier.parse(account.password().orElse(""));
            byte[] hash = session.handshakeHash();
            byte[] nonce = Arrays.copyOf(hash, Scram.NONCE_LENGTH);
            byte[] signature =
                    new ScramServer(account.name().text(), set.nonce(), nonce, hash, verifier).verify(set.proof());
            return signature.length > 0;
        } catch (CryptoException e) {
            return false;
        }
    }

    // Devices

    /** As their owner sees them. */
    public static List<KnownDevice> known(Account account, int own) {
        return account.devices().stream()
                .map(device -> new KnownDevice(
                        device.number(),
                        device.label(),
                        device.created(),
                        device.seen(),
                        device.revoked(),
                        device.number() == own))
                .toList();
    }

    private void revoke(Request request, long number) {
        if (number < Device.FIRST || number > Device.LAST_NUMBER) {
            request.refuse(Refusal.BAD_REQUEST, "Devices are numbered from 1.");
            return;
        }
        change(request, new AccountChange.RevokedDevice((int) number, loop.time()));
    }

    // Name

    private void rename(Request request, String typed) {
        UserName name;
        try {
            name = UserName.parse(typed);
        } catch (IllegalArgumentException e) {
            request.refuse(Refusal.BAD_NAME, String.valueOf(e.getMessage()));
            return;
        }
        String objection = objection(name, settings);
        if (!objection.isEmpty()) {
            request.refuse(Refusal.BAD_NAME, objection);
            return;
        }
        if (request.session().name().equals(name)) {
            request.reply(new Answer.Done()); // asked again, as the answer was lost with the connection
            return;
        }
        change(request, new AccountChange.NewName(name));
    }

    /** Why no account may get this name; empty if one may. */
    public String objectionTo(UserName name) {
        return name.objection().orElseGet(() -> objection(name, settings));
    }

    /** Why no account may get this name, which breaks no rule for names; empty if one may. */
    static String objection(UserName name, ServerSettings settings) {
        if (GuestNames.isReserved(name)) {
            return GuestNames.RESERVED;
        }
        return name.key().equals(settings.host().name().key()) ? OWN_NAME : "";
    }
}

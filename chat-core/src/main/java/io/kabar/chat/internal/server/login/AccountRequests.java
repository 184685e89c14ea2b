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
import io.kabar.chat.internal.server.session.RequestTaker;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
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
    public boolean take(ServerSession session, long request, Query query) {
        if (!(query instanceof Query.OfAccount own)) {
            return false;
        }
        Asked asked = new Asked(session, request);
        long wait = session.takeRequest();
        if (wait > 0) {
            asked.refuse(Refusal.RATE_LIMITED, Refusal.RATE_LIMITED.sentence(), ServerLoop.ceilMillis(wait));
        } else if (!session.hasAccount()) {
            asked.refuse(Refusal.NOT_ALLOWED, NO_ACCOUNT, 0);
        } else if (query instanceof Query.PasswordSalt) {
            withAccount(asked, account -> asked.reply(salt(account)));
        } else if (query instanceof Query.SetPassword set) {
            setPassword(asked, set);
        } else if (query instanceof Query.Devices) {
            withAccount(asked, account -> asked.reply(new Answer.Devices(known(account, session.device()))));
        } else if (query instanceof Query.RevokeDevice revoke) {
            revoke(asked, revoke.number());
        } else if (query instanceof Query.Rename rename) {
            rename(asked, rename.name());
        } else {
            invitations.answer(session, own, asked);
        }
        return true;
    }

    /** A request that waits for its answer. */
    final class Asked implements AccountChanges.Then {
        private final ServerSession session;
        private final long request;

        Asked(ServerSession session, long request) {
            this.session = session;
            this.request = request;
        }

        void reply(Answer answer) {
            session.serve(() -> session.say(new ServerMessage.Reply(request, false, answer)));
        }

        void refuse(Refusal refusal, String sentence, long retryAfterMillis) {
            session.serve(() -> session.say(new ServerMessage.Refused(
                    new ServerMessage.Subject.Request(request), 0, refusal.code(), retryAfterMillis, sentence)));
        }

        /** Refuses by a rule of a room. */
        void refuse(Obstacle obstacle) {
            session.serve(
                    () -> session.say(new ServerMessage.Refused(new ServerMessage.Subject.Request(request), obstacle)));
        }

        /** Refuses what takes a capability that they lack. */
        void refuseLacking(Capability capability) {
            refuse(Refusal.NOT_ALLOWED, logins.users.order().lacks(capability), 0);
        }

        @Override
        public void done(Account account) {
            reply(new Answer.Done());
        }

        @Override
        public void failed(Refusal refusal, String sentence) {
            refuse(refusal, sentence, 0);
        }

        /** Answers with an invitation that was made. */
        Invitations.Outcome made() {
            return outcome((id, secret) -> reply(new Answer.Invited(id, secret)));
        }

        /** Answers that an invitation is ended. */
        Invitations.Outcome withdrawn() {
            return outcome((id, secret) -> reply(new Answer.Done()));
        }

        private Invitations.Outcome outcome(BiConsumer<Long, byte[]> done) {
            return new Invitations.Outcome() {
                @Override
                public void done(long id, byte[] secret) {
                    done.accept(id, secret);
                }

                @Override
                public void failed(Refusal refusal, String sentence) {
                    refuse(refusal, sentence, 0);
                }
            };
        }

        private void change(AccountChange change) {
            long id = session.user().author().account();
            changes.change(id, session.name(), change, session, this);
        }
    }

    /** The account as the store has it now. */
    private void withAccount(Asked asked, Consumer<Account> then) {
        changes.find(asked.session.name(), new AccountChanges.Then() {
            @Override
            public void done(Account account) {
                if (!asked.session.isActive()) {
                    return;
                }
                if (account.id() == asked.session.user().author().account()) {
                    then.accept(account);
                } else {
                    asked.refuse(Refusal.NOT_ALLOWED, NO_ACCOUNT, 0);
                }
            }

            @Override
            public void failed(Refusal refusal, String sentence) {
                asked.failed(refusal, sentence);
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

    private void setPassword(Asked asked, Query.SetPassword set) {
        if (!set.verifier().isEmpty() && !isVerifier(set.verifier())) {
            asked.refuse(Refusal.BAD_REQUEST, "That is no verifier of a password, or a weak one.", 0);
            return;
        }
        withAccount(asked, account -> {
            ServerSession session = asked.session;
            UserName name = account.name();
            long wait = logins.throttle.waitNanos(session.countedAddress(), name.key(), true, loop.now());
            if (account.password().orElse("").equals(set.verifier())) {
                asked.reply(new Answer.Done()); // asked again, as the answer was lost with the connection
            } else if (account.password().isEmpty() || session.device() == Device.FIRST) {
                asked.change(newPassword(set));
            } else if (wait > 0) {
                asked.refuse(Refusal.LOGIN_THROTTLED, Refusal.LOGIN_THROTTLED.sentence(), ServerLoop.ceilMillis(wait));
            } else if (set.proof().length == 0) {
                asked.refuse(Refusal.WRONG_PASSWORD, PROVE, 0);
            } else if (proves(session, account, set)) {
                asked.change(newPassword(set));
            } else {
                logins.throttle.failed(session.countedAddress(), name.key(), true, loop.now());
                asked.refuse(Refusal.WRONG_PASSWORD, Refusal.WRONG_PASSWORD.sentence(), 0);
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

    private void revoke(Asked asked, long number) {
        if (number < Device.FIRST || number > Device.LAST_NUMBER) {
            asked.refuse(Refusal.BAD_REQUEST, "Devices are numbered from 1.", 0);
            return;
        }
        asked.change(new AccountChange.RevokedDevice((int) number, loop.time()));
    }

    // Name

    private void rename(Asked asked, String typed) {
        UserName name;
        try {
            name = UserName.parse(typed);
        } catch (IllegalArgumentException e) {
            asked.refuse(Refusal.BAD_NAME, String.valueOf(e.getMessage()), 0);
            return;
        }
        String objection = objection(name, settings);
        if (!objection.isEmpty()) {
            asked.refuse(Refusal.BAD_NAME, objection, 0);
            return;
        }
        if (asked.session.name().equals(name)) {
            asked.reply(new Answer.Done()); // asked again, as the answer was lost with the connection
            return;
        }
        asked.change(new AccountChange.NewName(name));
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

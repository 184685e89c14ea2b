package io.kabar.chat.internal.server.login;

import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.internal.crypto.ScramServer;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.crypto.TicketKey;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.LoginMethods;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.PasswordVerifier;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in as the server sees it: who owns the name, which password proves it, and whether the device does.
 *
 * <pre>
 *                          a token is asked for: CHALLENGED ──token──► JUDGED ──known──► ACCEPTED, REFUSED
 *   WAITING_FOR_ACCOUNT ──account known──► CHALLENGED ──proof──► PROVEN (a new name is to be registered)
 *          │                                   │                     │ registered
 *          │                                   ▼                     ▼
 *          │                                REFUSED ◄──taken──    ACCEPTED
 *          │                                                         ▲
 *          └──ticket of an earlier login─────────────────────────────┘
 * </pre>
 */
public final class Login {

    /** Where a login stands. */
    public enum State {
        WAITING_FOR_ACCOUNT,
        CHALLENGED,
        JUDGED,
        PROVEN,
        ACCEPTED,
        REFUSED
    }

    private final UserName name;
    private final LoginMethods methods;
    private final byte[] clientNonce;
    private final long instance;
    private State state = State.WAITING_FOR_ACCOUNT;
    private @Nullable Account account;
    private @Nullable ScramServer scram;
    private byte[] signature = new byte[0];
    private boolean byToken;
    private String claim = "";
    private @Nullable Refusal refusal;

    /**
     * A login for a name.
     *
     * @param methods that the client has offered
     * @param clientNonce for SCRAM
     * @param instance number of the running client
     */
    public Login(UserName name, LoginMethods methods, byte[] clientNonce, long instance) {
        this.name = name;
        this.methods = methods;
        this.clientNonce = clientNonce;
        this.instance = instance;
    }

    public State state() {
        return state;
    }

    /** In which ways the client can prove who it is. */
    public LoginMethods methods() {
        return methods;
    }

    /** As typed until the account is known, then as its owner writes it. */
    public UserName name() {
        return account == null ? name : account.name();
    }

    /** As it was typed, whatever the account is called. */
    public UserName typed() {
        return name;
    }

    public long instance() {
        return instance;
    }

    public @Nullable Account account() {
        return account;
    }

    /** SCRAM server signature, or the server's proof to know a ticket's secret; empty if neither was asked for. */
    public byte[] signature() {
        return signature;
    }

    /** The account to register for a new name: it is owned by the claim of the device that has proven it. */
    public Account newAccount(Instant now) {
        return new Account(0, name(), Optional.empty(), Optional.of(claim), Account.MEMBER, now);
    }

    /** Why it was refused. */
    public Refusal refusal() {
        return refusal == null ? Refusal.WRONG_PASSWORD : refusal;
    }

    /**
     * Picks the verifier to be proven.
     *
     * @param found the account of the name, if there is one
     * @param serverNonce 18 fresh random bytes
     * @return the verifier whose salt and iterations the client needs; null if no password is asked for
     */
    public @Nullable ScramVerifier challenge(
            @Nullable Account found, LoginPolicy policy, byte[] serverNonce, byte[] handshakeHash) {
        account = found;
        state = State.CHALLENGED;
        ScramVerifier verifier = verifier(found, policy);
        if (verifier != null) {
            scram = new ScramServer(name.text(), clientNonce, serverNonce, handshakeHash, verifier);
        }
        return verifier;
    }

    /** The host program is to judge a token: the account store is not asked. */
    void asksForToken() {
        byToken = true;
        state = State.CHALLENGED;
    }

    /** Whether a token was asked for. */
    boolean isByToken() {
        return byToken;
    }

    /** The token is shown to the host program; what else the client sends is out of its place. */
    void isJudged() {
        state = State.JUDGED;
    }

    /** The token is this account's. */
    void knownByToken(Account owner) {
        account = owner;
        state = State.ACCEPTED;
    }

    /**
     * What a ticket is bound to by which this login may be repeated for an account: the client, the name, and what
     * proves that it is the user's. As soon as another password or another device is asked for, no earlier ticket
     * opens. Where nobody can sign in, because a password is asked for that nobody knows, no ticket was ever given out
     * either.
     */
    public byte[] binding(Account owner, LoginPolicy policy) {
        ScramVerifier verifier = verifier(owner, policy);
        return TicketKey.binding(
                instance,
                name.key(),
                verifier == null ? "" : verifier.encode(),
                owner.claim().orElse(""));
    }

    /**
     * A ticket of an earlier login to the same account has proven who it is; {@code proof} is what the server proves.
     */
    public void resumed(Account owner, byte[] proof) {
        if (state != State.WAITING_FOR_ACCOUNT) {
            throw new IllegalStateException("resumed when " + state);
        }
        account = owner;
        signature = proof;
        state = State.ACCEPTED;
    }

    private @Nullable ScramVerifier verifier(@Nullable Account found, LoginPolicy policy) {
        if (found != null && found.password().isPresent()) {
            try {
                return ScramVerifier.parse(found.password().get());
            } catch (CryptoException e) {
                return decoy(policy);
            }
        }
        if (policy.joinVerifier() != null) {
            return policy.joinVerifier();
        }
        return policy.open() ? null : decoy(policy);
    }

    /** What looks like the verifier of an account, and nothing proves. */
    private ScramVerifier decoy(LoginPolicy policy) {
        return ScramVerifier.decoy(policy.decoySecret(), name.key(), PasswordVerifier.ITERATIONS);
    }

    /** Checks the client's answer and moves on to ACCEPTED, PROVEN or REFUSED. */
    public State prove(byte[] proof, byte[] deviceClaim, LoginPolicy policy) {
        if (state != State.CHALLENGED) {
            return refuse(Refusal.BAD_REQUEST);
        }
        if (scram != null) {
            try {
                signature = scram.verify(proof);
            } catch (CryptoException e) {
                return refuse(Refusal.WRONG_PASSWORD);
            }
        }
        if (account == null) {
            if (!policy.admitsNewNames()) {
                return refuse(Refusal.WRONG_PASSWORD);
            }
            claim = HexFormat.of().formatHex(NameClaim.stored(deviceClaim));
            state = State.PROVEN;
        } else if (account.password().isPresent() || owns(account, deviceClaim)) {
            state = State.ACCEPTED;
        } else {
            return refuse(Refusal.NAME_TAKEN);
        }
        return state;
    }

    /** Whether this is the device that owns the name; not if it is owned by a password of its own, or by nobody. */
    public boolean isOwner(byte[] deviceClaim) {
        return account != null && owns(account, deviceClaim);
    }

    private static boolean owns(Account account, byte[] deviceClaim) {
        if (account.claim().isEmpty()) {
            return false;
        }
        try {
            return NameClaim.matches(HexFormat.of().parseHex(account.claim().get()), deviceClaim);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A new name was registered for {@code owner}; null if somebody else was first. */
    public State registered(@Nullable Account owner) {
        if (owner == null) {
            return refuse(Refusal.NAME_TAKEN);
        }
        account = owner;
        state = State.ACCEPTED;
        return state;
    }

    /** Ends the login. */
    public State refuse(Refusal reason) {
        refusal = reason;
        state = State.REFUSED;
        return state;
    }

    /** What is wrong with the name in a first step of a login that can be no name; null if it is no such message. */
    static @Nullable String unfitName(ClientMessage message) {
        return message instanceof ClientMessage.Unfit unfit
                        && unfit.answer().subject() instanceof ServerMessage.Subject.Login
                ? unfit.answer().sentence()
                : null;
    }

    /**
     * Why nobody may sign in by this name: it is none that is let in, and nobody has it from the time when it was.
     * Whoever does has to spell it as it is.
     */
    @Nullable
    String objection(@Nullable Account found) {
        return found != null && found.name().equals(name)
                ? null
                : name.objection().orElse(null);
    }
}

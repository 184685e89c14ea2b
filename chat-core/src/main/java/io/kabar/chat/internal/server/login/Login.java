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
import io.kabar.chat.spi.Device;
import io.kabar.chat.spi.PasswordVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in as the server sees it: who owns the name, which password proves it, and whether the device does.
 *
 * <pre>
 *                          a token is asked for: CHALLENGED ──token──► JUDGED ──known──► ACCEPTED, REFUSED
 *   WAITING_FOR_ACCOUNT ──account known──► CHALLENGED ──proof──► PROVEN (a new name or device)
 *          │                                   │                     │ recorded
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
    private String label = "";
    private boolean guest;
    private int device;
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
        Device first = newDevice(now).withNumber(Device.FIRST);
        return new Account(0, name, name, Optional.empty(), List.of(first), Account.MEMBER, now);
    }

    /** The device to record for an account whose password it has proven. */
    public Device newDevice(Instant now) {
        return Device.of(claim, label, now);
    }

    /** The number of the device that is signed in; 0 if it is none that the account knows. */
    public int device() {
        return device;
    }

    /** What the client calls itself; perhaps empty. */
    public String label() {
        return label;
    }

    /** Why it was refused. */
    public Refusal refusal() {
        return refusal == null ? Refusal.WRONG_PASSWORD : refusal;
    }

    /**
     * Picks the verifier to be proven. A client that has no password is asked for none: then a device proves itself by
     * its claim alone.
     *
     * @param found the account of the name, if there is one
     * @param serverNonce 18 fresh random bytes
     * @return the verifier whose salt and iterations the client needs; null if no password is asked for
     */
    public @Nullable ScramVerifier challenge(
            @Nullable Account found, LoginPolicy policy, byte[] serverNonce, byte[] handshakeHash) {
        account = found;
        state = State.CHALLENGED;
        ScramVerifier verifier = methods.contains(LoginMethods.Method.SCRAM_SHA_256) ? verifier(found, policy) : null;
        if (verifier != null) {
            scram = new ScramServer(name.text(), clientNonce, serverNonce, handshakeHash, verifier);
        }
        return verifier;
    }

    /**
     * Whether there is no use in asking: everybody without a password of their own needs the join password, and this
     * client has none.
     */
    public boolean lacksJoinPassword(@Nullable Account found, LoginPolicy policy) {
        return policy.joinVerifier() != null
                && !methods.contains(LoginMethods.Method.SCRAM_SHA_256)
                && (found == null || found.password().isEmpty());
    }

    /** The name that the account's claims are made for, where the client cannot know it; else null. */
    public @Nullable UserName claimName() {
        UserName registeredAs = account == null ? name : account.registeredAs();
        boolean isKnown = NameClaim.form(name.text()).equals(NameClaim.form(registeredAs.text()));
        return isKnown ? null : registeredAs;
    }

    /** Comes as a guest, if it proves what everybody proves. */
    void asGuest() {
        guest = true;
    }

    /** Whether it comes as a guest. */
    boolean isGuest() {
        return guest;
    }

    /** The account of a guest whose number is drawn. */
    void isGuestNumber(Account drawn) {
        account = drawn;
        state = State.ACCEPTED;
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
     * What a ticket is bound to by which this login may be repeated for an account from a device: the client, the
     * account, and what proves that it is the user's. As soon as another password is asked for, or the device is not
     * let in any more, no earlier ticket opens.
     *
     * @param number of the device; 0 for one that the account does not know
     * @return null if that device is not let in
     */
    public byte @Nullable [] binding(Account owner, int number, LoginPolicy policy) {
        String known = "";
        if (number != 0) {
            Device from = owner.device(number).filter(Device::isGood).orElse(null);
            if (from == null) {
                return null;
            }
            known = from.claim();
        }
        ScramVerifier verifier = verifier(owner, policy);
        return TicketKey.binding(instance, owner.id(), verifier == null ? "" : verifier.encode(), known);
    }

    /**
     * A ticket of an earlier login to the same account has proven who it is; {@code proof} is what the server proves.
     *
     * @param number of the device that the ticket was given to
     */
    public void resumed(Account owner, int number, byte[] proof) {
        if (state != State.WAITING_FOR_ACCOUNT) {
            throw new IllegalStateException("resumed when " + state);
        }
        account = owner;
        device = number;
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
        return policy.open() || guest ? null : decoy(policy);
    }

    /** What looks like the verifier of an account, and nothing proves. */
    private ScramVerifier decoy(LoginPolicy policy) {
        return ScramVerifier.decoy(policy.decoySecret(), name.key(), PasswordVerifier.ITERATIONS);
    }

    /** Checks the client's answer and moves on to ACCEPTED, PROVEN or REFUSED. */
    public State prove(ClientMessage.LoginProof answer, LoginPolicy policy) {
        if (state != State.CHALLENGED) {
            return refuse(Refusal.BAD_REQUEST);
        }
        if (scram != null) {
            try {
                signature = scram.verify(answer.proof());
            } catch (CryptoException e) {
                return refuse(Refusal.WRONG_PASSWORD);
            }
        }
        claim = HexFormat.of().formatHex(NameClaim.stored(answer.claim()));
        label = answer.label();
        return account == null ? proveNewName(policy) : proveOwner(account, policy);
    }

    private State proveNewName(LoginPolicy policy) {
        if (policy.newcomers() == LoginPolicy.Newcomers.NOBODY && !guest) {
            return refuse(Refusal.WRONG_PASSWORD);
        }
        state = State.PROVEN;
        return state;
    }

    private State proveOwner(Account owner, LoginPolicy policy) {
        Device known = known(owner, claim);
        if (known != null && !known.isGood()) {
            return refuse(Refusal.DEVICE_REVOKED);
        } else if (known != null) {
            device = known.number();
            state = State.ACCEPTED;
        } else if (owner.password().isPresent() && scram != null) {
            state = State.PROVEN;
        } else if (owner.password().isPresent() || !policy.showsNames()) {
            return refuse(Refusal.WRONG_PASSWORD);
        } else {
            return refuse(Refusal.NAME_TAKEN);
        }
        return state;
    }

    /** Whether a password is to be proven; if not, none was offered or asked for. */
    boolean provesPassword() {
        return scram != null;
    }

    /** Whether this is a device of the account's; not if it was shut out. */
    public boolean isOwner(byte[] deviceClaim) {
        Device known = account == null ? null : known(account, HexFormat.of().formatHex(NameClaim.stored(deviceClaim)));
        return known != null && known.isGood();
    }

    /** The device of this claim; looks at all, so that the time tells nothing. */
    private static @Nullable Device known(Account account, String claim) {
        Device found = null;
        byte[] shown = claim.getBytes(StandardCharsets.US_ASCII);
        for (Device each : account.devices()) {
            if (MessageDigest.isEqual(each.claim().getBytes(StandardCharsets.US_ASCII), shown)) {
                found = each;
            }
        }
        return found;
    }

    /** A further device was recorded for {@code owner}; null if that could not be. */
    public State recorded(@Nullable Account owner) {
        Device known = owner == null ? null : known(owner, claim);
        if (owner == null || known == null || !known.isGood()) {
            return refuse(Refusal.BUSY); // the account was changed meanwhile: the next try tells
        }
        account = owner;
        device = known.number();
        state = State.ACCEPTED;
        return state;
    }

    /** A new name was registered for {@code owner}; null if somebody else was first. */
    public State registered(@Nullable Account owner) {
        if (owner == null) {
            return refuse(Refusal.NAME_TAKEN);
        }
        account = owner;
        device = Device.FIRST;
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

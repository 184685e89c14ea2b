package io.kabar.chat.spi;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A user who owns a name. The name is proven by a device that the account knows, by its claim, or by the password of
 * the account, if it has one: then the device is known from then on.
 *
 * @param id the number of the account, 1, 2, 3 ..., never used again, whatever becomes of the account; 0 for one that
 *     is to be registered
 * @param name the name as its owner writes it
 * @param registeredAs the name by which it was registered: the claims of its devices are made for that one, whatever it
 *     is called since
 * @param password how a password is verified, in the text form of {@code SCRAM-SHA-256$iterations:salt$stored:server};
 *     empty if the account has none
 * @param devices from which it signs in, by number; those that are shut out included
 * @param role the name of what the user is on the server: {@link #MEMBER}, {@code staff}, {@code owner}, or another one
 *     that the server knows; a name it does not know grants nothing. At most 32 small letters, digits and hyphens
 * @param created when the name was first used
 */
public record Account(
        long id,
        UserName name,
        UserName registeredAs,
        Optional<String> password,
        List<Device> devices,
        String role,
        Instant created) {

    /** The role of who has no other: it grants nothing. */
    public static final String MEMBER = "member";

    private static final int LONGEST_ROLE = 32;

    private static final Set<String> NO_ROLES = Set.of("removed", "free", "former");

    /** Devices of one account that are let in, and as many that are shut out. */
    public static final int DEVICES = 32;

    /** Checks the number, see {@link Limits}, and the form of the role. */
    public Account {
        if (id < 0 || id > Limits.LAST_NUMBER) {
            throw new IllegalArgumentException("An account has a number from 1 to " + Limits.LAST_NUMBER + ".");
        }
        if (!isRole(role)) {
            throw new IllegalArgumentException("A role is a word of at most " + LONGEST_ROLE
                    + " small letters, digits and hyphens, and not removed, free or former.");
        }
        devices = List.copyOf(devices);
    }

    /**
     * An account of one device, or none.
     *
     * @param claim SHA-256, in hexadecimal, of the claim of the device that registered the name; empty if none did
     */
    public Account(
            long id, UserName name, Optional<String> password, Optional<String> claim, String role, Instant created) {
        this(
                id,
                name,
                name,
                password,
                claim.map(c -> Device.of(c, "", created).withNumber(Device.FIRST)).stream()
                        .toList(),
                role,
                created);
    }

    /** An account to be registered, with a password of its own, derived here with 600,000 iterations. */
    public static Account withPassword(UserName name, String password) {
        return new Account(
                0,
                name,
                Optional.of(PasswordVerifier.derive(password)),
                Optional.empty(),
                Account.MEMBER,
                Instant.now());
    }

    /**
     * An account of the host program's own, as an {@link Authenticator} knows it by a token: a member without password
     * and claim, who has been one for long.
     *
     * @param id its number, from 1 on, never used again for anybody else
     */
    public static Account of(long id, UserName name) {
        return new Account(id, name, Optional.empty(), Optional.empty(), Account.MEMBER, Instant.EPOCH);
    }

    /**
     * Whether something can be the name of a role: at most 32 small letters of ASCII, digits and hyphens, and none of
     * the words by which stores say that a name is nobody's.
     */
    public static boolean isRole(String word) {
        return !word.isEmpty()
                && word.length() <= LONGEST_ROLE
                && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                && !NO_ROLES.contains(word);
    }

    /** The same account under the number that it was given. */
    public Account withId(long number) {
        return new Account(number, name, registeredAs, password, devices, role, created);
    }

    /** The same account with these devices. */
    public Account withDevices(List<Device> known) {
        return new Account(id, name, registeredAs, password, known, role, created);
    }

    /** The same account under another name. */
    public Account withName(UserName other) {
        return new Account(id, other, registeredAs, password, devices, role, created);
    }

    /** Its device of this number. */
    public Optional<Device> device(int number) {
        return devices.stream().filter(each -> each.number() == number).findFirst();
    }

    /**
     * What becomes of it by a change; empty if that cannot be, and the same account if it changes nothing. Whether a
     * new name is free is for a store to say.
     */
    public Optional<Account> with(AccountChange change) {
        if (change instanceof AccountChange.NewPassword set) {
            return Optional.of(new Account(id, name, registeredAs, set.verifier(), devices, role, created));
        } else if (change instanceof AccountChange.NewRole given) {
            return Optional.of(new Account(id, name, registeredAs, password, devices, given.role(), created));
        } else if (change instanceof AccountChange.NewName renamed) {
            return Optional.of(withName(renamed.name()));
        } else if (change instanceof AccountChange.NewDevice added) {
            return DeviceList.add(devices, added.device()).map(this::withDevices);
        } else if (change instanceof AccountChange.RevokedDevice revoked) {
            return DeviceList.revoke(devices, revoked.number(), revoked.at()).map(this::withDevices);
        }
        throw new AssertionError(change);
    }

    /** Its owner as the author of an event. */
    public Author author() {
        return new Author(id, name);
    }

    /** Leaves verifier and claims out, so that no log ever holds them. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + name + ", " + role + "]";
    }
}

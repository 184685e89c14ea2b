package io.kabar.chat.internal.server.core;

import io.kabar.chat.Limits;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * The names of guests: {@code Guest-} and the number that is theirs. The server gives them; nobody registers one, nor
 * one that looks like it.
 */
public final class GuestNames {

    /** Why nobody has such a name of their own. */
    public static final String RESERVED = "Names that begin with Guest- are given by the server.";

    private static final String PREFIX = "Guest-";
    private static final UserName ANY = new UserName("Guest");
    private static final String BEGINNING = new UserName(PREFIX).key();

    /** Digits of the highest number. */
    private static final int MOST_DIGITS = Long.toString(Limits.LAST_NUMBER).length();

    private GuestNames() {}

    /** Whether nobody may register this name. */
    public static boolean isReserved(UserName name) {
        return name.key().startsWith(BEGINNING);
    }

    /** Whether whoever signs in by this name wants to be a guest. */
    public static boolean asksFor(UserName name) {
        return name.key().equals(ANY.key()) || isReserved(name);
    }

    /** The number in the name of a guest; 0 if it is none that the server gives. */
    public static long number(UserName name) {
        String text = name.text();
        if (!text.startsWith(PREFIX)) {
            return 0;
        }
        String digits = text.substring(PREFIX.length());
        return digits.startsWith("0") || !Parts.isDigits(digits, 1, MOST_DIGITS) ? 0 : parse(digits);
    }

    private static long parse(String digits) {
        long number = Digits.parseLong(digits);
        return number <= Limits.LAST_NUMBER ? number : 0;
    }

    /** What a guest of this number is called. */
    public static UserName name(long number) {
        return new UserName(PREFIX + number);
    }

    /** Whether this is the account of a guest. */
    public static boolean isGuest(Account account) {
        return number(account.name()) == account.id();
    }

    /** The account of a guest, which is in no store. */
    public static Account account(long number, Instant now) {
        return new Account(number, name(number), Optional.empty(), Optional.empty(), Account.MEMBER, now);
    }
}

package io.kabar.storage.csv.exchange;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.io.IOException;
import java.io.Serial;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** There is neither an account of that name nor anything that was said under it; the message is a sentence. */
public final class NobodyException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Slips of the fingers that a name is still meant with. */
    private static final int MOST_SLIPS = 2;

    NobodyException(UserName person, Collection<Account> accounts) {
        super("There is nobody called " + person + " here."
                + nearest(person, accounts)
                        .map(name -> " Did you mean " + name + "?")
                        .orElse(""));
    }

    private static Optional<UserName> nearest(UserName person, Collection<Account> accounts) {
        return accounts.stream()
                .map(Account::name)
                .filter(name -> slips(person.key(), name.key())
                        <= Math.min(MOST_SLIPS, person.key().length() / 2))
                .min(Comparator.comparingInt((UserName name) -> slips(person.key(), name.key()))
                        .thenComparing(UserName::text));
    }

    /** Letters to put in, take out or change until one is the other (Levenshtein). */
    static int slips(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], diagonal));
            }
        }
        return row[row.length - 1];
    }
}

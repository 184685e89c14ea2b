package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.accounts.AccountRow.Standing;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SegmentReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Accounts as a CSV file that people can read and mend: {@code id,name,role,password,claim,created}. Rows are appended,
 * and of an id the last one holds. The time stands last because it is never empty: the beginning of a row is never a
 * row. Rows of version 0.1, {@code name,role,created,password,claim}, are read as well, row by row.
 *
 * <p>The claim is that of the device that registered the name; further ones are in {@link CsvDevices}. If the account
 * has another name by now, the one that it was registered by stands behind a colon. A name that is held for an account
 * with another name has {@code was} and the number of that account as its role.
 */
public final class CsvAccounts {

    private static final List<String> HEADER = List.of("id", "name", "role", "password", "claim", "created");
    private static final List<String> OLD_HEADER = List.of("name", "role", "created", "password", "claim");

    /** Of the heap, for the bytes of the file, which are held as text, lines and accounts as well. */
    private static final int MEMORY_SHARE = 16;

    /** Characters of the longest id. */
    static final int LONGEST_ID = 15;

    /** In place of a role, before the number of the account that had a name. */
    private static final String WAS = "was ";

    /**
     * What a file holds.
     *
     * @param rows in the order of the file
     * @param lines in which line of the file each row stands
     * @param unfinished what stands behind the last line end and is no row; empty if nothing does
     */
    public record Content(List<AccountRow> rows, List<Integer> lines, String unfinished) {

        /** A file without accounts. */
        public static final Content NONE = new Content(List.of(), List.of(), "");

        /** The line of the last row of a name. */
        private int lineOf(AccountRow wanted) {
            int line = 1;
            for (int i = 0; i < rows.size(); i++) {
                line = rows.get(i).key().equals(wanted.key()) ? lines.get(i) : line;
            }
            return line;
        }

        /** The highest id in it; 0 if there is none. */
        public long highest() {
            return rows.stream().mapToLong(AccountRow::id).max().orElse(0);
        }
    }

    private CsvAccounts() {}

    /**
     * Reads a file that nobody writes to; a missing one is empty.
     *
     * @throws IOException in a sentence that names file and line, if it is damaged
     */
    public static AccountBook read(Path file) throws IOException {
        return book(file, whole(file, content(file)), Map.of());
    }

    /** Reads a file that a server may be writing to: a row that does not end yet is none. */
    public static AccountBook readBeside(Path file) throws IOException {
        return book(file, content(file), Map.of());
    }

    private static Content content(Path file) throws IOException {
        try {
            return parse(file, bytes(file));
        } catch (NoSuchFileException e) {
            return Content.NONE;
        } catch (FileSystemException e) {
            throw new IOException("The accounts in " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        }
    }

    /**
     * All of a file.
     *
     * @throws IOException in a sentence, if there is not enough memory for what is in it
     */
    public static byte[] bytes(Path file) throws IOException {
        int most = (int) Math.min(Runtime.getRuntime().maxMemory() / MEMORY_SHARE, Integer.MAX_VALUE / 2);
        if (Files.size(file) > most) {
            throw damaged(
                    file,
                    "it has " + Files.size(file) + " bytes, and with this much memory (-Xmx) no more than " + most
                            + " can be read");
        }
        try {
            return EditedText.bytes(file, most);
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage())); // it has grown meanwhile, or has no size
        }
    }

    /**
     * The content, if its last line ends.
     *
     * @throws IOException in a sentence, if something stands behind the last line end that is no row
     */
    public static Content whole(Path file, Content content) throws IOException {
        if (!content.unfinished().isEmpty()) {
            throw damaged(file, "the last line does not end and is no account");
        }
        return content;
    }

    /**
     * Reads the content of a file.
     *
     * @throws IOException in a sentence that names file and line, if it is damaged; a last line that does not end is
     *     not damage yet
     */
    public static Content parse(Path file, byte[] bytes) throws IOException {
        EditedText text;
        try {
            text = EditedText.of(bytes);
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
        List<String> lines = text.lines();
        boolean ends = text.text().endsWith("\n") || text.text().endsWith("\r");
        List<AccountRow> rows = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        if (lines.isEmpty()) {
            throw damaged(file, "it is empty, not even a header is there");
        }
        int number = 1;
        try {
            List<String> header = CsvLine.parse(lines.get(0));
            if (!header.equals(HEADER) && !header.equals(OLD_HEADER)) {
                throw new DamagedException("the header is not " + String.join(",", HEADER));
            }
            for (String line : lines.subList(1, lines.size())) {
                number++;
                boolean last = number == lines.size() && !ends;
                if (line.isBlank()) {
                    continue;
                }
                if (line.length() > SegmentReader.LONGEST) {
                    throw new DamagedException("this is longer than any event, and than any account");
                }
                try {
                    rows.add(row(line));
                    places.add(number);
                } catch (DamagedException e) {
                    if (last) {
                        return new Content(rows, places, line);
                    }
                    throw e;
                }
            }
        } catch (DamagedException e) {
            throw damaged(file, "line " + number + ": " + e.getMessage());
        }
        return new Content(rows, places, "");
    }

    public static AccountBook book(Path file, Content content, Map<String, Long> knownIds) throws IOException {
        try {
            return AccountBook.of(content.rows(), knownIds);
        } catch (AccountBook.NameTwiceException e) {
            throw damaged(
                    file,
                    "line " + content.lineOf(e.row()) + ": the name "
                            + e.row().account().name() + " is there twice");
        }
    }

    static IOException damaged(Path file, String what) {
        String place = what.startsWith("line ") ? ", " : ": ";
        return new IOException("The accounts cannot be read: " + file + place + what + ".");
    }

    /** The whole file. */
    public static String text(Collection<AccountRow> rows) {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, HEADER.toArray(String[]::new));
        rows.forEach(row -> append(out, row));
        return out.toString();
    }

    /** Rows alone, to be appended. */
    public static String rows(Collection<AccountRow> rows) {
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> append(out, row));
        return out.toString();
    }

    private static void append(StringBuilder out, AccountRow row) {
        Account account = row.account();
        String role = switch (row.standing()) {
            case OWNED -> account.role();
            case FORMER -> WAS + row.heldFor();
            case REMOVED, FREE -> row.standing().name().toLowerCase(Locale.ROOT);
        };
        CsvLine.append(
                out,
                Long.toString(row.id()),
                account.name().text(),
                role,
                account.password().orElse(""),
                claim(account),
                account.created().toString());
    }

    private static String claim(Account account) {
        String claim = account.device(Device.FIRST).map(Device::claim).orElse("");
        return account.registeredAs().equals(account.name())
                ? claim
                : claim + ":" + account.registeredAs().text();
    }

    private static AccountRow row(String line) throws DamagedException {
        List<String> cells = CsvLine.parse(line);
        if (cells.size() == OLD_HEADER.size()) {
            return row(0, cells.get(0), cells.get(1), cells.get(3), cells.get(4), cells.get(2));
        }
        if (cells.size() != HEADER.size()) {
            throw new DamagedException("there are " + cells.size() + " cells instead of " + HEADER.size());
        }
        return row(
                cells.get(0).isBlank() ? 0 : number(cells.get(0), LONGEST_ID, "the id is no number from 1 on"),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                cells.get(5));
    }

    private static AccountRow row(
            long id, String nameCell, String roleCell, String password, String claim, String createdCell)
            throws DamagedException {
        UserName name;
        try {
            name = new UserName(nameCell);
            AccountRow.key(name);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("this is no user name");
        }
        Standing standing = standing(roleCell.strip());
        Instant created = created(createdCell.strip());
        int colon = claim.indexOf(':');
        Optional<String> hash =
                optional((colon < 0 ? claim : claim.substring(0, colon)).strip(), Device::isClaim, "this is no claim");
        Account account = new Account(
                id,
                name,
                optional(password.strip(), CsvAccounts::isVerifier, "this is no password verifier"),
                hash,
                standing == Standing.OWNED ? role(roleCell.strip()) : Account.MEMBER,
                created);
        long heldFor = standing == Standing.FORMER
                ? number(
                        roleCell.strip().substring(WAS.length()), LONGEST_ID, "behind was there is no id of an account")
                : 0;
        return new AccountRow(
                id, standing, colon < 0 ? account : registeredAs(account, claim.substring(colon + 1)), heldFor);
    }

    private static Account registeredAs(Account account, String cell) throws DamagedException {
        try {
            return new Account(
                    account.id(),
                    account.name(),
                    new UserName(cell.strip()),
                    account.password(),
                    account.devices(),
                    account.role(),
                    account.created());
        } catch (IllegalArgumentException e) {
            throw new DamagedException("behind the claim is no user name");
        }
    }

    /** A number from 1 on of so many digits at most. */
    static long number(String cell, int digits, String otherwise) throws DamagedException {
        String text = cell.strip();
        if (text.startsWith("0") || !Parts.isDigits(text, 1, digits)) {
            throw new DamagedException(otherwise);
        }
        return Digits.parseLong(text);
    }

    /** Looks at the form only, as everybody does but the server. */
    public static void checkVerifier(String text) throws DamagedException {
        optional(text, CsvAccounts::isVerifier, "this is no password verifier");
    }

    /** The form of what is kept of a password; what is in it is the server's affair. */
    private static boolean isVerifier(String cell) {
        List<String> parts = Parts.of(cell, '$');
        if (parts.size() != 3 || !parts.get(0).equals("SCRAM-SHA-256")) {
            return false;
        }
        String salting = parts.get(1);
        int colon = salting.indexOf(':');
        return colon > 0
                && Parts.areAll(salting.substring(0, colon), Parts::isDigit)
                && Parts.areAll(salting.substring(colon + 1), CsvAccounts::isBase64)
                && Parts.areAll(parts.get(2), c -> c == ':' || isBase64(c));
    }

    private static boolean isBase64(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Parts.isDigit(c) || "+/=".indexOf(c) >= 0;
    }

    private static Optional<String> optional(String cell, Predicate<String> form, String otherwise)
            throws DamagedException {
        if (!cell.isEmpty() && !form.test(cell)) {
            throw new DamagedException(otherwise);
        }
        return cell.isEmpty() ? Optional.empty() : Optional.of(cell);
    }

    private static Standing standing(String cell) {
        if (cell.equalsIgnoreCase("removed")) {
            return Standing.REMOVED;
        } else if (cell.regionMatches(true, 0, WAS, 0, WAS.length())) {
            return Standing.FORMER;
        }
        return cell.equalsIgnoreCase("free") ? Standing.FREE : Standing.OWNED;
    }

    /** Any role a server may know; which it does is the server's affair. */
    private static String role(String cell) throws DamagedException {
        String role = cell.toLowerCase(Locale.ROOT);
        if (!Account.isRole(role)) {
            throw new DamagedException("the role is no word like member, staff or owner, nor removed or free");
        }
        return role;
    }

    private static Instant created(String cell) throws DamagedException {
        try {
            return Instant.parse(cell);
        } catch (DateTimeException e) {
            throw new DamagedException("the time is not like 2026-01-31T12:00:00Z");
        }
    }
}

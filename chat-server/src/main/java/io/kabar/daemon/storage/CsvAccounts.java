package io.kabar.daemon.storage;

import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Accounts as a CSV file that people can read and mend: {@code name,role,created,password,claim}. */
final class CsvAccounts {

    private static final List<String> HEADER = List.of("name", "role", "created", "password", "claim");

    /** The form of what is kept of a password; what is in it is the server's affair. */
    private static final Pattern VERIFIER = Pattern.compile("SCRAM-SHA-256\\$\\d+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=:]+");

    private static final Pattern CLAIM = Pattern.compile("[0-9a-f]{64}");

    private CsvAccounts() {}

    /**
     * Reads the file, by {@link UserName#text()}, the oldest first; a missing one is empty.
     *
     * @throws IOException in a sentence that names file and line, if it is damaged
     */
    static Map<String, Account> read(Path file) throws IOException {
        Map<String, Account> accounts = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        if (!Files.exists(file)) {
            return accounts;
        }
        int line = 1;
        try (SegmentReader reader = new SegmentReader(file, 0, Long.MAX_VALUE)) {
            String header = reader.next();
            if (header == null || !CsvLine.parse(header).equals(HEADER)) {
                throw new DamagedException("the header is not " + String.join(",", HEADER));
            }
            line++;
            for (String text = reader.next(); text != null; text = reader.next()) {
                Account account = parse(text);
                // Names that look alike may be two people's from of old; but for case alone they never could be.
                String inOneCase = RoomName.of(account.name().text()).text();
                if (!seen.add(inOneCase) || accounts.put(account.name().text(), account) != null) {
                    throw new DamagedException("the name " + account.name() + " is there twice");
                }
                line += (int) text.chars().filter(c -> c == '\n').count();
            }
            if (reader.restLength() > 0) {
                throw new DamagedException("the line does not end");
            }
            return accounts;
        } catch (DamagedException e) {
            throw new IOException(
                    "The accounts cannot be read: " + file + ", line " + line + ": " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new IOException("The accounts in " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        }
    }

    /** The whole file. */
    static StringBuilder text(Collection<Account> accounts) {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, HEADER.toArray(String[]::new));
        accounts.forEach(account -> append(out, account));
        return out;
    }

    static void append(StringBuilder out, Account account) {
        CsvLine.append(
                out,
                account.name().text(),
                account.role().name().toLowerCase(Locale.ROOT),
                account.created().toString(),
                account.password().orElse(""),
                account.claim().orElse(""));
    }

    private static Account parse(String line) throws DamagedException {
        List<String> cells = CsvLine.parse(line);
        if (cells.size() != HEADER.size()) {
            throw new DamagedException("there are " + cells.size() + " cells instead of " + HEADER.size());
        }
        UserName name;
        try {
            name = new UserName(cells.get(0));
        } catch (IllegalArgumentException e) {
            throw new DamagedException("this is no user name");
        }
        return new Account(
                name,
                optional(cells.get(3), VERIFIER, "this is no password verifier"),
                optional(cells.get(4), CLAIM, "this is no claim"),
                role(cells.get(1)),
                created(cells.get(2)));
    }

    /** Looks at the form only, as everybody does but the server. */
    static void checkVerifier(String text) throws DamagedException {
        optional(text, VERIFIER, "this is no password verifier");
    }

    private static Optional<String> optional(String cell, Pattern form, String otherwise) throws DamagedException {
        if (!cell.isEmpty() && !form.matcher(cell).matches()) {
            throw new DamagedException(otherwise);
        }
        return cell.isEmpty() ? Optional.empty() : Optional.of(cell);
    }

    private static Role role(String cell) throws DamagedException {
        for (Role role : Role.values()) {
            if (role.name().equalsIgnoreCase(cell)) {
                return role;
            }
        }
        throw new DamagedException("the role is not member, staff or owner");
    }

    private static Instant created(String cell) throws DamagedException {
        try {
            return Instant.parse(cell);
        } catch (DateTimeException e) {
            throw new DamagedException("the time is not like 2026-01-31T12:00:00Z");
        }
    }
}

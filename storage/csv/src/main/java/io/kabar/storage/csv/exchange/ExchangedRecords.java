package io.kabar.storage.csv.exchange;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.ServerRecords;
import io.kabar.chat.spi.ServerRecords.Entry;
import io.kabar.storage.csv.records.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's records on their way from one folder to another: without those that hold addresses of people, and with the
 * numbers that accounts have at their new place.
 */
final class ExchangedRecords {

    /** What an account has read: rooms, each with epoch and number. */
    private static final String READ = "read";

    private static final int READ_FIELDS = 3;

    /** Kinds whose keys are numbers of accounts. */
    private static final Set<String> OF_ACCOUNTS = Set.of("ban", "mute", "block", READ);

    /** Whose key is the account that is shut out, and whose value ends with the reason. */
    private static final Set<String> SANCTIONS = Set.of("ban", "mute");

    /** What stands before the reason of a sanction: since, until, account and name of who did it, name of whom. */
    private static final int BEFORE_REASON = 5;

    /** Whose value has the number of the account that made it, at {@link #MAKER}; 0 is the server. */
    private static final String INVITATION = "invitation";

    private static final int MAKER = 6;

    /** Whose key is the number of an invitation, a dot, and the account that has used it. */
    private static final String USE = "invitation-use";

    private final List<Entry> entries = new ArrayList<>();

    /** The text of the records of a folder that may leave it; null if there are none. */
    static @Nullable String leaving(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        List<Entry> entries = RecordFile.look(file).entries().stream()
                .filter(ExchangedRecords::mayLeave)
                .toList();
        return entries.isEmpty() ? null : RecordFile.text(entries);
    }

    private static boolean mayLeave(Entry entry) {
        return !entry.kind().startsWith(ServerRecords.ADDRESSES);
    }

    /** Takes the records of an archive. */
    void read(Path file) throws IOException {
        RecordFile.look(file).entries().stream()
                .filter(ExchangedRecords::mayLeave)
                .forEach(entries::add);
    }

    /**
     * Adds them to the records of a folder, unless it has something of the same key.
     *
     * @param numbers which account has which number now; those that were not taken over are not among them
     */
    void publish(Path file, Map<Long, Long> numbers, ImportReport report) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        RecordFile records = RecordFile.open(file);
        Set<List<String>> known = new HashSet<>();
        records.entries().forEach(entry -> known.add(List.of(entry.kind(), entry.key())));
        for (Entry entry : entries) {
            Entry here = renumbered(entry, numbers);
            if (here == null) {
                report.leftOut(what(entry.kind()) + " of accounts that were not taken over", entry.kind());
            } else if (known.add(List.of(here.kind(), here.key()))) {
                records.put(here);
            }
        }
    }

    private static String what(String kind) {
        return kind.equals(READ)
                ? "read markers"
                : kind.startsWith(INVITATION) ? "invitations" : "bans, mutes and blocks";
    }

    /** The same with the numbers of here; null if somebody in it has none. */
    private static @Nullable Entry renumbered(Entry entry, Map<Long, Long> numbers) {
        String key = entry.key();
        String value = entry.value();
        if (OF_ACCOUNTS.contains(entry.kind())) {
            key = renumbered(key, numbers);
            value = entry.kind().equals(READ) ? read(value, numbers) : value;
        } else if (entry.kind().equals(USE)) {
            int dot = key.indexOf('.');
            String by = dot < 0 ? null : renumbered(key.substring(dot + 1), numbers);
            key = by == null ? null : key.substring(0, dot + 1) + by;
        } else if (entry.kind().equals(INVITATION)) {
            value = madeBy(value, numbers);
        }
        return key == null || value == null ? null : new Entry(entry.kind(), key, value);
    }

    /** Without conversations with somebody who was not taken over. */
    private static String read(String value, Map<Long, Long> numbers) {
        List<String> parts = Parts.of(value, ' ');
        List<String> here = new ArrayList<>();
        for (int at = 0; at + READ_FIELDS <= parts.size(); at += READ_FIELDS) {
            String room = room(parts.get(at), numbers);
            if (room != null) {
                here.add(room);
                here.addAll(parts.subList(at + 1, at + READ_FIELDS));
            }
        }
        return String.join(" ", here);
    }

    private static @Nullable String room(String text, Map<Long, Long> numbers) {
        RoomName room = new RoomName(text);
        if (!room.isDirect()) {
            return text;
        }
        long one = numbers.getOrDefault(room.accounts().get(0), 0L);
        long other = numbers.getOrDefault(room.accounts().get(1), 0L);
        return one == 0 || other == 0 ? null : RoomName.direct(one, other).text();
    }

    private static @Nullable String madeBy(String value, Map<Long, Long> numbers) {
        List<String> parts = Parts.of(value, ' ');
        if (parts.size() <= MAKER || parts.get(MAKER).equals("0")) {
            return value;
        }
        String by = renumbered(parts.get(MAKER), numbers);
        if (by == null) {
            return null;
        }
        parts.set(MAKER, by);
        return String.join(" ", parts);
    }

    private static @Nullable String renumbered(String key, Map<Long, Long> numbers) {
        List<String> renumbered = new ArrayList<>();
        for (String part : Parts.of(key, ' ')) {
            Long number = Parts.isDigits(part, 1, 16) ? numbers.get(Digits.parseLong(part)) : null;
            if (number == null) {
                return null;
            }
            renumbered.add(number.toString());
        }
        return String.join(" ", renumbered);
    }

    /**
     * Removes what an account has on record of its own, whom it has blocked and what it has read, and why it is banned
     * and muted: that it is stays. Tells how many records that is.
     */
    static int erase(Path file, long account, boolean onlyCount) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        Map<Entry, Optional<Entry>> changed = new LinkedHashMap<>();
        for (Entry entry : RecordFile.look(file).entries()) {
            boolean isTheirs = entry.kind().equals("block") && entry.key().startsWith(account + " ");
            if (isTheirs || (entry.kind().equals(READ) && entry.key().equals(Long.toString(account)))) {
                changed.put(entry, Optional.empty());
            } else if (SANCTIONS.contains(entry.kind()) && entry.key().equals(Long.toString(account))) {
                Entry silent = withoutReason(entry);
                if (!silent.equals(entry)) {
                    changed.put(entry, Optional.of(silent));
                }
            }
        }
        if (!onlyCount && !changed.isEmpty()) {
            RecordFile records = RecordFile.open(file);
            for (Map.Entry<Entry, Optional<Entry>> each : changed.entrySet()) {
                if (each.getValue().isPresent()) {
                    records.put(each.getValue().get());
                } else {
                    records.remove(each.getKey().kind(), each.getKey().key());
                }
            }
            RecordFile.open(file); // written anew, without the rows that hold no more
        }
        return changed.size();
    }

    private static Entry withoutReason(Entry sanction) {
        List<String> parts = Parts.of(sanction.value(), ' ');
        return parts.size() <= BEFORE_REASON
                ? sanction
                : new Entry(sanction.kind(), sanction.key(), String.join(" ", parts.subList(0, BEFORE_REASON)) + " ");
    }
}

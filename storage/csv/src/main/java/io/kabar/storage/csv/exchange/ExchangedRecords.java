package io.kabar.storage.csv.exchange;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's records on their way from one folder to another: without those that hold addresses of people, and with the
 * numbers that accounts have at their new place.
 */
final class ExchangedRecords {

    /** Kinds whose keys are numbers of accounts. */
    private static final Set<String> OF_ACCOUNTS = Set.of("ban", "mute", "block");

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
            String key = OF_ACCOUNTS.contains(entry.kind()) ? renumbered(entry.key(), numbers) : entry.key();
            if (key == null) {
                report.leftOut("bans, mutes and blocks of accounts that were not taken over", entry.kind());
            } else if (known.add(List.of(entry.kind(), key))) {
                records.put(new Entry(entry.kind(), key, entry.value()));
            }
        }
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

    /** Removes what an account has on record of its own: whom it has blocked. Tells how many records that is. */
    static int erase(Path file, long account, boolean onlyCount) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        List<Entry> theirs = RecordFile.look(file).entries().stream()
                .filter(entry -> entry.kind().equals("block") && entry.key().startsWith(account + " "))
                .toList();
        if (!onlyCount && !theirs.isEmpty()) {
            RecordFile records = RecordFile.open(file);
            for (Entry entry : theirs) {
                records.remove(entry.kind(), entry.key());
            }
        }
        return theirs.size();
    }
}

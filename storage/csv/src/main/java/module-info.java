/**
 * Rooms' logs and accounts in CSV files. Open {@link io.kabar.storage.csv.CsvJournal} first. Numbers, edited text and
 * file rights are read and set by the packages of {@code io.kabar.chat} that Kabar's programs share, so that a file
 * means the same to all of them.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the programs are compiled later
module io.kabar.storage.csv {
    requires com.fasterxml.jackson.core;
    requires transitive io.kabar.chat;
    requires org.apache.commons.csv;
    requires static org.jspecify;
    requires org.slf4j;

    provides io.kabar.chat.spi.StorageProvider with
            io.kabar.storage.csv.CsvStorage;

    exports io.kabar.storage.csv;
    exports io.kabar.storage.csv.folder;

    // What the daemon's commands do with a folder, and how its other files are written.
    exports io.kabar.storage.csv.exchange to
            io.kabar.daemon;
    exports io.kabar.storage.csv.files to
            io.kabar.daemon;
}

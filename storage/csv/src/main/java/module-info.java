/** Rooms' logs and accounts in CSV files. Open {@link io.kabar.storage.csv.CsvJournal} first. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the programs are compiled later
module io.kabar.storage.csv {
    requires com.fasterxml.jackson.core;
    requires transitive io.kabar.chat;
    requires org.apache.commons.csv;
    requires static org.jspecify;
    requires org.slf4j;

    exports io.kabar.storage.csv;
}

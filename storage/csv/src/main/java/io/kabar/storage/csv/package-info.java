/**
 * Files of a server: rooms' logs and accounts in CSV, small secrets, and the lock on their folder. Open
 * {@link io.kabar.storage.csv.CsvJournal} first. Must not depend on settings, the command line or the network.
 */
package io.kabar.storage.csv;

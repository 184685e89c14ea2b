/**
 * A journal and an account store in files that people and spreadsheets can read. Open
 * {@link io.kabar.storage.csv.CsvJournal} first. Must not depend on settings, the command line or the network.
 */
package io.kabar.storage.csv;

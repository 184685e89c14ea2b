/**
 * The daemon's files: rooms' logs and accounts in CSV, small secrets, and the lock on their folder. Open
 * {@link io.kabar.daemon.storage.CsvJournal} first. Must not depend on settings, the command line or the network.
 */
package io.kabar.daemon.storage;

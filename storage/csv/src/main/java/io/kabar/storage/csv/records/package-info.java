/** The file of a server's records. Open {@link io.kabar.storage.csv.records.RecordFile} first. */
package io.kabar.storage.csv.records;

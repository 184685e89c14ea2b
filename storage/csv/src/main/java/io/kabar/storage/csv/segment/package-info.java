/**
 * The folder of one room as it lies there: its name, the segments in it, the events in those, and what is damaged. Open
 * {@link io.kabar.storage.csv.segment.RoomFolder} first. Must not know who writes a log, nor what stands beside it.
 */
package io.kabar.storage.csv.segment;

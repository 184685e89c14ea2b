/**
 * The data folder of one server: its lock, its identity, and how much of the rooms is kept. Open
 * {@link io.kabar.storage.csv.folder.DataFolder} first. Must not depend on rooms or accounts.
 */
package io.kabar.storage.csv.folder;

/**
 * The rows of {@code users.csv} and the names that were ever given. Open
 * {@link io.kabar.storage.csv.accounts.AccountBook} first. Must not depend on rooms.
 */
package io.kabar.storage.csv.accounts;

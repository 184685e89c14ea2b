/**
 * The rules for names of people and rooms, and the table of characters behind them. Begin at
 * {@link io.kabar.chat.internal.names.NameRules}. Imports only {@code internal.text}.
 */
package io.kabar.chat.internal.names;

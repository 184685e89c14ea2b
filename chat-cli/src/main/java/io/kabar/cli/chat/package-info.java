/**
 * {@code kabar chat}, the interactive client: open {@link io.kabar.cli.chat.ChatCommand} first, then
 * {@link io.kabar.cli.chat.ChatSession}. Must not know the other commands.
 */
package io.kabar.cli.chat;

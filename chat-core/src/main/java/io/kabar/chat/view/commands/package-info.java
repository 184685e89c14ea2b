/**
 * Commands about people, rooms and order: open {@link io.kabar.chat.view.commands.CommandContext} first, which is what
 * they act by; {@link io.kabar.chat.view.commands.Deed} says what somebody may not do, and why. Pure; must not know the
 * model nor what shows it.
 */
package io.kabar.chat.view.commands;

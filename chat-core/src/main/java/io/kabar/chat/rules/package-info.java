/**
 * Who may do what, in words that everybody shares: roles, capabilities, modes. Open
 * {@link io.kabar.chat.rules.ServerRole} and {@link io.kabar.chat.rules.RoomRole} first. Depends on nothing of Kabar
 * but {@code internal.text}.
 */
package io.kabar.chat.rules;

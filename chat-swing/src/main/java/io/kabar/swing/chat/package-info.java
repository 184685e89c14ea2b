/**
 * The view of somebody who is signed in: rooms, transcript, roster, input and status around one
 * {@link io.kabar.swing.chat.Conversation}. Open {@link io.kabar.swing.chat.ChatView} first. Must not know how one
 * signs in, nor the window.
 */
package io.kabar.swing.chat;

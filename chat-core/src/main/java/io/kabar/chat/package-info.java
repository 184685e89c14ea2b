/**
 * The values both sides share: names, events, refusals. Open {@link io.kabar.chat.ChatEvent} first; to use them, go on
 * to {@code io.kabar.chat.client} or {@code io.kabar.chat.server}. Depends on nothing else in Kabar.
 */
package io.kabar.chat;

/**
 * What keeps order on the whole server: who is banned or silenced and until when, what is switched off, who has blocked
 * whom, and how much is too much at once. Open {@link io.kabar.chat.internal.server.order.Order} first. Knows no
 * sessions and no rooms; whoever asks acts on the answer.
 */
package io.kabar.chat.internal.server.order;

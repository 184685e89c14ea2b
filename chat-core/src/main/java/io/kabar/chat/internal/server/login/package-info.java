/**
 * How users prove who they are, and how often they may try. Open {@link io.kabar.chat.internal.server.login.Login}
 * first. Must not know rooms.
 */
package io.kabar.chat.internal.server.login;

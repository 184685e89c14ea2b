/**
 * What every part of the server stands on: its settings, what it wants done, and what is due when. Open
 * {@link io.kabar.chat.internal.server.core.ServerEvent} first. Must not know any other package of the server.
 */
package io.kabar.chat.internal.server.core;

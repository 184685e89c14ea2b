/**
 * What every part of the server stands on: its settings, the loop with its time and its outputs, what was counted. Open
 * {@link io.kabar.chat.internal.server.core.ServerLoop} first. Must not know any other package of the server.
 */
package io.kabar.chat.internal.server.core;

/**
 * A server to embed, and the places where its data can be kept: open {@link io.kabar.chat.server.ChatServer} first.
 * Must not depend on the client or on any view.
 */
package io.kabar.chat.server;

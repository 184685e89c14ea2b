/**
 * A client to embed: open {@link io.kabar.chat.client.ChatClient} first. Must not depend on the server or on any view.
 */
package io.kabar.chat.client;

package io.kabar.swing.chat;

import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.ChatModel;

/**
 * What a chat view shows and acts on.
 *
 * @param model what is drawn
 * @param client what can be done
 * @param server where it is, {@code host:port}
 * @param remembered whether the server's key is known from now on
 */
public record Conversation(ChatModel model, ChatClient client, String server, boolean remembered) {}

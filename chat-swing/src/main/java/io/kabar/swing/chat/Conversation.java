package io.kabar.swing.chat;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.ChatActions;
import io.kabar.chat.view.ChatModel;
import java.util.function.Consumer;

/**
 * What a chat view shows and acts on.
 *
 * @param model what is drawn
 * @param actions what can be done
 * @param typing tells a room that this user is writing
 * @param server where it is, {@code host:port}
 * @param remembered whether the server's key is known from now on
 */
public record Conversation(
        ChatModel model, ChatActions actions, Consumer<RoomName> typing, String server, boolean remembered) {}

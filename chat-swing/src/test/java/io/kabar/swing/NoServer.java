package io.kabar.swing;

import io.kabar.chat.server.ChatServer;
import java.lang.reflect.Proxy;

/** A server that is only ever the source of what a listener is told. */
public final class NoServer {

    public static final ChatServer INSTANCE = (ChatServer) Proxy.newProxyInstance(
            ChatServer.class.getClassLoader(), new Class<?>[] {ChatServer.class}, (proxy, method, arguments) -> null);

    private NoServer() {}
}

package io.kabar.cli.connect;

import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to a connection to the log, and never what is said. */
final class ConnectionLog {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);

    /** What others say, and who is writing: nothing of the connection. */
    private static final Set<String> PRIVATE = Set.of("onEvent", "onTyping", "onDirectMessage", "onMemberChanged");

    private ConnectionLog() {}

    /** A listener that tells {@code listener} everything. A proxy, so that no call is forgotten that comes later. */
    static ChatClientListener of(ChatClientListener listener) {
        return (ChatClientListener) Proxy.newProxyInstance(
                ConnectionLog.class.getClassLoader(),
                new Class<?>[] {ChatClientListener.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() != Object.class && !PRIVATE.contains(method.getName())) {
                        LOG.debug("{}", line(method.getName(), arguments == null ? new Object[0] : arguments));
                    }
                    try {
                        return method.invoke(listener, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * {@code onStateChanged} and {@code LIVE} become {@code state changed: LIVE}; a room is its name, without its
     * topic, and whose call it is needs no word.
     */
    static String line(String method, Object... arguments) {
        StringBuilder words = new StringBuilder();
        for (char c : method.substring("on".length()).toCharArray()) {
            words.append(Character.isUpperCase(c) && !words.isEmpty() ? " " : "")
                    .append(Character.toLowerCase(c));
        }
        String rest = Stream.of(arguments)
                .filter(argument -> !(argument instanceof ChatClient))
                .map(argument -> argument instanceof io.kabar.chat.RoomState state ? state.name() : argument)
                .map(argument -> argument instanceof RoomName name ? name.toString() : String.valueOf(argument))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return rest.isEmpty() ? words.toString() : words + ": " + rest;
    }
}

package io.kabar.chat.internal.endpoint;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of the signal that somebody is writing: 1, and their name when the server passes it on. */
public final class TypingSignal {

    private static final byte TYPING = 1;

    private TypingSignal() {}

    /** Of all signals of a room, those of which only the newest counts: no key of a program is like this one. */
    public static Object slot(long room, UserName from) {
        return new ProgramSignal.Slot(room, from, "\u0001");
    }

    public static byte[] own() {
        return new byte[] {TYPING};
    }

    /** Whether a client says that it is writing. */
    public static boolean isOwn(byte[] body) {
        return body.length == 1 && body[0] == TYPING;
    }

    public static byte[] encode(UserName name) {
        byte[] text = name.text().getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[1 + text.length];
        body[0] = TYPING;
        System.arraycopy(text, 0, body, 1, text.length);
        return body;
    }

    /** Who is writing; null if the signal is another one. */
    public static @Nullable UserName decode(byte[] body) {
        if (body.length < 2 || body[0] != TYPING) {
            return null;
        }
        try {
            return new UserName(new String(body, 1, body.length - 1, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

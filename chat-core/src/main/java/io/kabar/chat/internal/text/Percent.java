package io.kabar.chat.internal.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986 section 2.1, in UTF-8; a plus sign is a plus sign. */
public final class Percent {

    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /** Everything but what is unreserved (section 2.3) is encoded. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved =
                    Parts.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "-._~".indexOf(c) >= 0;
            if (unreserved) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /**
     * What was encoded; characters that should have been are taken as they are.
     *
     * @throws IllegalArgumentException if a percent sign is followed by no byte, or the bytes are no UTF-8
     */
    public static String decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? HEX.indexOf(upper(bytes[i + 1])) : -1;
                int low = i + 2 < bytes.length ? HEX.indexOf(upper(bytes[i + 2])) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("a percent sign stands before two hexadecimal digits");
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("what is encoded is no UTF-8", e);
        }
    }

    private static char upper(byte b) {
        return b >= 'a' && b <= 'f' ? (char) (b - 'a' + 'A') : (char) (b & 0xff);
    }
}

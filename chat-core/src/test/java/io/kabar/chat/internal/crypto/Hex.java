package io.kabar.chat.internal.crypto;

import java.util.HexFormat;

/** Bytes as the RFCs print them; blanks are for the eye. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

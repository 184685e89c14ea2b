package io.kabar.cli.screen;

import java.nio.charset.Charset;

/**
 * The signs beside words, each of one cell; on a terminal whose charset has none of them, plainer ones.
 *
 * @param sending behind an own message that is on its way
 * @param accepted behind one that is in the room's log
 * @param refused before why one is not
 * @param selected before a message that is chosen
 */
public record Glyphs(
        String vertical,
        String horizontal,
        String cross,
        String prompt,
        String dot,
        String sending,
        String accepted,
        String refused,
        String selected,
        String up,
        String down) {

    // JLine sends unbroken lines as those of VT100's other character set, which mosh, for one, does not have.
    private static final Glyphs UNICODE = new Glyphs("╎", "╌", "╌", "▸", "·", "…", "✓", "✗", "▶", "↑", "↓");
    private static final Glyphs ASCII = new Glyphs("|", "-", "+", ">", "-", "~", "+", "x", ">", "^", "v");

    /** What a terminal of this charset can show. */
    public static Glyphs of(Charset charset) {
        return charset.newEncoder().canEncode("╎╌▸✓✗▶↑") ? UNICODE : ASCII;
    }
}

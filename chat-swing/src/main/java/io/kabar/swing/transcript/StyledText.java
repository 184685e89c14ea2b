package io.kabar.swing.transcript;

import io.kabar.chat.internal.text.Parts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.nibor.autolink.LinkExtractor;
import org.nibor.autolink.LinkSpan;
import org.nibor.autolink.LinkType;

/**
 * A text, and which of its characters are code or a link.
 *
 * @param text what is shown; tabs are spaces, and lines that only begin or end a block of code are left out
 * @param spans in order, none over another
 */
record StyledText(String text, List<Span> spans) {

    private static final String FENCE = "```";

    private static final LinkExtractor LINKS = LinkExtractor.builder()
            .linkTypes(EnumSet.of(LinkType.URL, LinkType.WWW))
            .build();

    /** Characters from {@code start} up to before {@code end}. */
    record Span(int start, int end, Kind kind) {}

    /** What a span is. */
    enum Kind {
        CODE,
        LINK
    }

    StyledText {
        spans = List.copyOf(spans);
    }

    /** Code between back quotes, blocks of code between lines of three, and links elsewhere. */
    static StyledText of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        List<Span> spans = new ArrayList<>();
        int block = -1;
        boolean first = true;
        for (String line : Parts.of(text.replace("\t", "    "), '\n')) {
            boolean fence =
                    line.startsWith(FENCE) && !line.substring(FENCE.length()).contains("`");
            if (fence && (block >= 0 || hasEnd(text, line))) {
                if (block >= 0) {
                    add(spans, block, shown.length(), Kind.CODE);
                }
                block = block >= 0 ? -1 : first ? 0 : shown.length() + 1;
                continue;
            }
            shown.append(first ? "" : "\n");
            first = false;
            int start = shown.length();
            shown.append(line);
            if (block < 0) {
                inLine(line, start, spans);
            }
        }
        if (block >= 0) {
            add(spans, block, shown.length(), Kind.CODE);
        }
        return new StyledText(shown.toString(), spans);
    }

    /** All of it in the letters of code, which stand below each other; links are links all the same. */
    static StyledText code(String text) {
        return new StyledText(
                text.replace("\t", "    "),
                List.of(new Span(0, text.replace("\t", "    ").length(), Kind.CODE)));
    }

    /** Nothing but its characters. */
    static StyledText plain(String text) {
        return new StyledText(text.replace("\t", "    "), List.of());
    }

    /** The link that stands there; empty if none does. */
    Optional<String> linkAt(int offset) {
        return spans.stream()
                .filter(span -> span.kind() == Kind.LINK && span.start() <= offset && offset < span.end())
                .map(span -> text.substring(span.start(), span.end()))
                .map(link -> link.startsWith("www.") ? "https://" + link : link)
                .findFirst();
    }

    private static boolean hasEnd(String text, String fence) {
        int begins = text.indexOf(fence);
        return text.indexOf("\n" + FENCE, begins) >= 0;
    }

    private static void inLine(String line, int start, List<Span> spans) {
        int from = 0;
        for (int quote = line.indexOf('`'); quote >= 0; quote = line.indexOf('`', from)) {
            int end = line.indexOf('`', quote + 1);
            if (end < 0) {
                break;
            }
            links(line.substring(from, quote), start + from, spans);
            add(spans, start + quote, start + end + 1, Kind.CODE);
            from = end + 1;
        }
        links(line.substring(from), start + from, spans);
    }

    private static void links(String text, int start, List<Span> spans) {
        for (LinkSpan link : LINKS.extractLinks(text)) {
            add(spans, start + link.getBeginIndex(), start + link.getEndIndex(), Kind.LINK);
        }
    }

    private static void add(List<Span> spans, int start, int end, Kind kind) {
        if (start < end) {
            spans.add(new Span(start, end, kind));
        }
    }
}

package io.kabar.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Links in a line of text: of the web, and to servers of Kabar. */
final class Links {

    private static final List<String> SCHEMES = List.of("https://", "http://", "kabar://");

    /** Where a link stands, its end not included. */
    record Span(int from, int to) {}

    private Links() {}

    /** The links in a line, from left to right. */
    static List<Span> in(String row) {
        List<Span> links = new ArrayList<>();
        for (int at = row.indexOf("://"); at >= 0; at = row.indexOf("://", at + 1)) {
            int behind = at + "://".length();
            int end = end(row, behind);
            for (String scheme : SCHEMES) {
                int from = behind - scheme.length();
                if (from >= 0 && end > behind && row.startsWith(scheme, from) && isApart(row, from)) {
                    links.add(new Span(from, end));
                    at = end - 1;
                    break;
                }
            }
        }
        return links;
    }

    private static boolean isApart(String row, int from) {
        return from == 0 || !(Character.isLetterOrDigit(row.charAt(from - 1)) || row.charAt(from - 1) == '_');
    }

    private static int end(String row, int from) {
        int end = from;
        while (end < row.length() && !Character.isWhitespace(row.charAt(end)) && "<>\"".indexOf(row.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}

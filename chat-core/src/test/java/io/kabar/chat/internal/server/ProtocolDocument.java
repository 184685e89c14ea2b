package io.kabar.chat.internal.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program can read of {@code docs/protocol.md}: its tables, and the bytes of its worked example. */
final class ProtocolDocument {
    private static final Pattern ZEROS = Pattern.compile("\\(00 x (\\d+)\\)");

    private final List<String> lines;

    private ProtocolDocument(List<String> lines) {
        this.lines = lines;
    }

    static ProtocolDocument read() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/protocol.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IOException("no docs/protocol.md in this folder or above it");
            }
        }
        return new ProtocolDocument(Files.readAllLines(folder.resolve("docs/protocol.md"), StandardCharsets.UTF_8));
    }

    /** The rows, without the heading, of the table that follows {@code <!-- table: name -->}. */
    List<List<String>> table(String name) {
        int at = lines.indexOf("<!-- table: " + name + " -->");
        if (at < 0) {
            throw new AssertionError("no table " + name);
        }
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(at + 1, lines.size())) {
            if (line.startsWith("|")) {
                rows.add(cells(line));
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        return rows.subList(2, rows.size());
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }

    /**
     * The values of all blocks marked {@code vectors}: lines of the form {@code name = bytes}, where bytes are
     * hexadecimal, go on in indented lines, and may hold {@code (00 x 7)} for seven zeros; or a text in quotes.
     */
    Map<String, byte[]> vectors() {
        Map<String, String> texts = new LinkedHashMap<>();
        boolean inside = false;
        String name = "";
        for (String line : lines) {
            if (line.startsWith("```")) {
                inside = line.equals("```vectors");
            } else if (inside && line.startsWith(" ")) {
                texts.merge(name, line.strip(), (first, next) -> first + next);
            } else if (inside && !line.isBlank() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                name = line.substring(0, equals).strip();
                String before = texts.put(name, line.substring(equals + 1).strip());
                if (before != null) {
                    throw new AssertionError("two values of " + name);
                }
            }
        }
        Map<String, byte[]> values = new LinkedHashMap<>();
        texts.forEach((key, text) -> values.put(key, bytes(text)));
        return values;
    }

    private static byte[] bytes(String text) {
        if (text.startsWith("\"")) {
            return text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher zeros = ZEROS.matcher(text);
        int end = 0;
        while (zeros.find()) {
            bytes.writeBytes(hex(text.substring(end, zeros.start())));
            bytes.writeBytes(new byte[Integer.parseInt(zeros.group(1))]);
            end = zeros.end();
        }
        bytes.writeBytes(hex(text.substring(end)));
        return bytes.toByteArray();
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}

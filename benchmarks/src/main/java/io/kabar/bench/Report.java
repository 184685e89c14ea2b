package io.kabar.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a run, by the names of the JSON object. A figure that could not be had, such as the CPU time of a
 * server elsewhere, is null.
 */
final class Report {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, @Nullable Object> figures = new LinkedHashMap<>();

    void put(String name, @Nullable Object figure) {
        figures.put(name, figure);
    }

    void latencies(Histogram histogram) {
        Map<String, @Nullable Object> latencies = new LinkedHashMap<>();
        boolean any = histogram.getTotalCount() > 0;
        latencies.put("p50", any ? millis(histogram.getValueAtPercentile(50)) : null);
        latencies.put("p99", any ? millis(histogram.getValueAtPercentile(99)) : null);
        latencies.put("p999", any ? millis(histogram.getValueAtPercentile(99.9)) : null);
        latencies.put("max", any ? millis(histogram.getMaxValue()) : null);
        figures.put("latency_ms", latencies);
    }

    @Nullable
    Object figure(String name) {
        return figures.get(name);
    }

    /** {@code total} for each of {@code count}; null if either is not known. */
    static @Nullable Double each(@Nullable Number total, long count) {
        return total == null || count <= 0 ? null : total.doubleValue() / count;
    }

    /** One object on one line. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, figures);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Map<?, ?> object) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            Object value = entry.getValue();
            if (value instanceof Map<?, ?> inner) {
                write(json, inner);
            } else if (value instanceof Double number) {
                json.writeNumber(String.format(Locale.ROOT, "%.3f", number));
            } else if (value instanceof Long number) {
                json.writeNumber(number);
            } else if (value instanceof Integer number) {
                json.writeNumber(number.intValue());
            } else if (value instanceof Boolean truth) {
                json.writeBoolean(truth);
            } else if (value == null) {
                json.writeNull();
            } else {
                json.writeString(value.toString());
            }
        }
        json.writeEndObject();
    }

    /** A line for each figure, its words aligned. */
    String table() {
        StringBuilder text = new StringBuilder();
        lines(text, "", figures);
        return text.toString();
    }

    private static void lines(StringBuilder text, String prefix, Map<?, ?> object) {
        object.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                lines(text, prefix + name + " ", inner);
            } else {
                String words = (prefix + name).replace('_', ' ');
                text.append(String.format(Locale.ROOT, "%-28s %s%n", words, shown(value)));
            }
        });
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%,.3f", number);
        }
        if (value instanceof Number number) {
            return String.format(Locale.ROOT, "%,d", number.longValue());
        }
        return value == null ? "-" : value.toString();
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}

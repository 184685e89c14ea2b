package io.kabar.chat.internal.server;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A constant as {@code docs/protocol.md} calls it, {@code WireLimits.DATAGRAM} or
 * {@code ServerOptions.defaults.goneAfter}: a class, then fields and methods without arguments, public or not.
 */
final class DocumentedConstant {
    private static final List<String> PACKAGES = List.of(
            "io.kabar.chat.",
            "io.kabar.chat.internal.wire.",
            "io.kabar.chat.internal.wire.message.",
            "io.kabar.chat.internal.crypto.",
            "io.kabar.chat.internal.connection.",
            "io.kabar.chat.internal.connection.lane.",
            "io.kabar.chat.internal.connection.loss.",
            "io.kabar.chat.internal.endpoint.",
            "io.kabar.chat.internal.server.core.",
            "io.kabar.chat.internal.server.limits.",
            "io.kabar.chat.internal.server.log.",
            "io.kabar.chat.internal.server.journal.",
            "io.kabar.chat.internal.server.session.",
            "io.kabar.chat.internal.server.login.",
            "io.kabar.chat.internal.server.room.",
            "io.kabar.chat.internal.server.lane.",
            "io.kabar.chat.internal.server.query.",
            "io.kabar.chat.internal.server.",
            "io.kabar.chat.internal.client.",
            "io.kabar.chat.internal.client.login.",
            "io.kabar.chat.client.",
            "io.kabar.chat.server.");

    private static final long SECOND = 1_000_000_000;

    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("KiB", 1024L),
            Map.entry("MiB", 1024L * 1024),
            Map.entry("ms", 1_000_000L),
            Map.entry("s", SECOND),
            Map.entry("min", 60 * SECOND),
            Map.entry("h", 3600 * SECOND));

    private static final Pattern QUANTITY = Pattern.compile("([\\d,.]+)\\s*(KiB|MiB|ms|s|min|h)?(\\s[a-z ]*)?");

    private DocumentedConstant() {}

    /** What a cell such as {@code 64 KiB}, {@code 2.5 s} or {@code 1, 1, 2 s} says: bytes, nanoseconds or a count. */
    static List<Long> said(String cell) {
        String unit = "";
        List<Long> values = new ArrayList<>();
        String[] parts = cell.split(", ");
        for (int i = parts.length - 1; i >= 0; i--) { // a unit counts for what stands before it
            Matcher matcher = QUANTITY.matcher(parts[i]);
            if (!matcher.matches()) {
                throw new AssertionError("not a quantity: " + cell);
            }
            unit = matcher.group(2) == null ? unit : matcher.group(2);
            double number = Double.parseDouble(matcher.group(1).replace(",", ""));
            values.add(0, Math.round(number * UNITS.getOrDefault(unit, 1L)));
        }
        return values;
    }

    /** What the code says, in the same units. */
    static List<Long> coded(String path) throws ReflectiveOperationException {
        Object value = value(path);
        if (value instanceof long[] several) {
            return Arrays.stream(several).boxed().toList();
        }
        if (value instanceof Duration duration) {
            return List.of(duration.toNanos());
        }
        if (value instanceof Number number) {
            return List.of(number.longValue() * (path.endsWith("_SECONDS") ? SECOND : 1));
        }
        throw new AssertionError(path + " is " + value);
    }

    static Object value(String path) throws ReflectiveOperationException {
        List<String> names = List.of(path.split("\\."));
        Class<?> type = find(names.get(0));
        int next = 1;
        for (Class<?> inside = nested(type, names.get(next)); inside != null; inside = nested(type, names.get(next))) {
            type = inside;
            next++;
        }
        Object value = member(type, names.get(next), null);
        for (String name : names.subList(next + 1, names.size())) {
            value = member(value.getClass(), name, value);
        }
        return value;
    }

    private static Class<?> find(String name) {
        for (String prefix : PACKAGES) {
            try {
                return Class.forName(prefix + name);
            } catch (ClassNotFoundException notInThisPackage) {
                // perhaps in the next one
            }
        }
        throw new AssertionError("no class " + name);
    }

    private static @Nullable Class<?> nested(Class<?> type, String name) {
        for (Class<?> each : type.getDeclaredClasses()) {
            if (each.getSimpleName().equals(name)) {
                return each;
            }
        }
        return null;
    }

    private static Object member(Class<?> type, String name, @Nullable Object owner)
            throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(name)) {
                return Objects.requireNonNull(open(field).get(owner));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 0) {
                return Objects.requireNonNull(open(method).invoke(owner));
            }
        }
        throw new AssertionError("no " + name + " in " + type);
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}

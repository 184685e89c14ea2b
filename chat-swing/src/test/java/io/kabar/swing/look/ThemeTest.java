package io.kabar.swing.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {

    /** WCAG 2.2, success criterion 1.4.3: ordinary text on its ground. */
    private static final double READABLE = 4.5;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void text_can_be_read_on_its_ground(String theme) throws IOException {
        Properties colors = read(theme);

        Stream.of("muted", "accent", "good", "wait", "bad").forEach(ink -> {
            assertReadable(colors, ink, "paper");
            assertReadable(colors, ink, "side");
        });
        List<String> names =
                IntStream.rangeClosed(1, 16).mapToObj(i -> "name" + i).toList();
        names.forEach(name -> Stream.of("paper", "side", "mention", "selection")
                .forEach(ground -> assertReadable(colors, name, ground)));
        assertThat(names.stream().map(name -> color(colors, name))).doesNotHaveDuplicates();
        Stream.of("selection", "line", "code", "hover").forEach(ground -> assertReadable(colors, "muted", ground));
        Stream.of("paper", "side")
                .forEach(ground -> assertThat(contrast(color(colors, "border"), color(colors, ground)))
                        .as("a border on %s", ground)
                        .isGreaterThanOrEqualTo(3));
        assertReadable(colors, "onAccent", "accent");
        assertReadable(colors, "onFill", "accentFill");
    }

    private static void assertReadable(Properties colors, String ink, String ground) {
        assertThat(contrast(color(colors, ink), color(colors, ground)))
                .as("%s on %s", ink, ground)
                .isGreaterThanOrEqualTo(READABLE);
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static Color color(Properties colors, String name) {
        return Color.decode(colors.getProperty("Kabar." + name));
    }

    private static Properties read(String theme) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Theme.class.getResourceAsStream(theme + ".properties")) {
            properties.load(in);
        }
        return properties;
    }
}

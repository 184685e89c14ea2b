package io.kabar.swing.look;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import io.kabar.swing.plain.PlainText;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.swing.UIDefaults;
import javax.swing.UIManager;

/** How everything looks, light or dark; the colours themselves stand in {@code light.properties} and its sister. */
public final class Theme {

    /** What a person may choose. */
    public enum Choice {
        /** As the operating system's windows. */
        AUTO,
        LIGHT,
        DARK;

        public Choice next() {
            return switch (this) {
                case AUTO -> LIGHT;
                case LIGHT -> DARK;
                case DARK -> AUTO;
            };
        }
    }

    private Theme() {}

    /** Puts a look on all windows, also on those that are open. Event thread only. */
    public static void apply(boolean dark) {
        apply(dark, 100);
    }

    /** The same, with text of so many per cent of what the system has; everything else grows with it. */
    public static void apply(boolean dark, int percent) {
        FlatLaf look = dark ? new Dark() : new Light();
        Map<String, String> defaults = new HashMap<>(read("common.properties"));
        defaults.putAll(read(dark ? "dark.properties" : "light.properties"));
        if (percent != 100) {
            defaults.put("defaultFont", percent + "%");
        }
        look.setExtraDefaults(defaults);
        FlatLaf.setup(look);
        FlatLaf.updateUI();
    }

    public static boolean isDark() {
        return FlatLaf.isLafDark();
    }

    public static Color color(String name) {
        Color color = UIManager.getColor("Kabar." + name);
        if (color == null) {
            throw new IllegalArgumentException("no colour Kabar." + name);
        }
        return color;
    }

    /**
     * The colour a name always has, on every machine: Fibonacci hashing, the top four bits of which pick one of
     * sixteen.
     */
    public static Color nameColor(String key) {
        return color("name" + (1 + ((key.hashCode() * 0x9E3779B9) >>> 28)));
    }

    private static final class Light extends FlatLightLaf {
        @Override
        public UIDefaults getDefaults() {
            return PlainText.only(super.getDefaults());
        }
    }

    private static final class Dark extends FlatDarkLaf {
        @Override
        public UIDefaults getDefaults() {
            return PlainText.only(super.getDefaults());
        }
    }

    private static Map<String, String> read(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Theme.class.getResourceAsStream(resource)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> entries = new HashMap<>();
        properties.forEach((key, value) -> entries.put((String) key, (String) value));
        return entries;
    }
}

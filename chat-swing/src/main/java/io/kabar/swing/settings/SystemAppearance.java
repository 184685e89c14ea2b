package io.kabar.swing.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks the operating system whether people want dark windows; FlatLaf does not. Blocks, so never on the event thread.
 */
final class SystemAppearance {

    private static final long PATIENCE_SECONDS = 2;

    private SystemAppearance() {}

    /** Whether windows are dark; empty if the system does not say. */
    static Optional<Boolean> dark() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            // The key is missing, and the command fails, while windows are light.
            return Optional.of(
                    output("defaults", "read", "-g", "AppleInterfaceStyle").contains("dark"));
        }
        if (system.startsWith("windows")) {
            String key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";
            String answer = output("reg", "query", key, "/v", "AppsUseLightTheme");
            return answer.isEmpty() ? Optional.empty() : Optional.of(answer.contains("0x0"));
        }
        String scheme = output("gsettings", "get", "org.gnome.desktop.interface", "color-scheme");
        return scheme.isEmpty() ? Optional.empty() : Optional.of(scheme.contains("dark"));
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return ""; // no such command here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}

package io.kabar.chat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code bom/pom.xml} has no parent that would keep it in step, so this does. */
class BillOfMaterialsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]*)</artifactId>");

    @Test
    void it_has_the_version_of_the_modules() throws IOException {
        assertThat(first(VERSION, read("bom"))).isEqualTo(first(VERSION, read("")));
    }

    @Test
    void it_lists_every_module_that_is_published() throws IOException {
        List<String> published = new ArrayList<>();
        for (String module : all(MODULE, read(""))) {
            if (!module.equals("bom") && !module.startsWith("examples") && !module.contains("bench")) {
                published.add(all(ARTIFACT, read(module)).get(1)); // the first is the parent's
            }
        }
        List<String> listed = all(ARTIFACT, read("bom"));
        assertThat(listed.subList(1, listed.size())).containsExactlyInAnyOrderElementsOf(published);
    }

    private static String read(String module) throws IOException {
        return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }

    private static String first(Pattern pattern, String text) {
        return all(pattern, text).get(0);
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}

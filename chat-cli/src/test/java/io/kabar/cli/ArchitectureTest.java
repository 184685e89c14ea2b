package io.kabar.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each package, and the packages of this program it may import: one way, and never in a circle. */
class ArchitectureTest {

    private static final String ROOT = "io.kabar.cli";

    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("terminal", Set.of()),
            Map.entry("command", Set.of("terminal")),
            Map.entry("output", Set.of("command")),
            Map.entry("connect", Set.of("command")),
            Map.entry("input", Set.of("terminal")),
            Map.entry("screen", Set.of("terminal")),
            Map.entry("config", Set.of("command", "connect", "input", "screen")),
            Map.entry("fullscreen", Set.of("terminal", "command", "input", "screen")),
            Map.entry(
                    "chat",
                    Set.of("terminal", "command", "output", "connect", "input", "screen", "config", "fullscreen")),
            Map.entry("script", Set.of("command", "output", "connect")),
            Map.entry("demo", Set.of("command")),
            Map.entry(
                    "program", Set.of("terminal", "command", "output", "connect", "chat", "script", "demo", "config")));

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packages_import_one_way() {
        layers(ARROWS).check(PROGRAM);
    }

    @Test
    void an_arrow_that_the_code_needs_would_be_missed() {
        Map<String, Set<String>> fewer = new HashMap<>(ARROWS);
        fewer.put("connect", Set.of());
        assertThat(layers(fewer).evaluate(PROGRAM).hasViolation()).isTrue();
    }

    @Test
    void every_package_is_in_the_picture() {
        Set<String> packages = PROGRAM.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty()) // the module's own class
                .collect(Collectors.toSet());
        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(
                        ARROWS.keySet().stream().map(ArchitectureTest::name).toList());
    }

    private static LayeredArchitecture layers(Map<String, Set<String>> arrows) {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : arrows.keySet()) {
            layers = layers.layer(layer).definedBy(name(layer));
        }
        for (Map.Entry<String, Set<String>> arrow : arrows.entrySet()) {
            String[] below = arrow.getValue().toArray(String[]::new);
            layers = below.length == 0
                    ? layers.whereLayer(arrow.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(arrow.getKey()).mayOnlyAccessLayers(below);
        }
        return layers;
    }

    private static String name(String layer) {
        return layer.equals("program") ? ROOT : ROOT + "." + layer;
    }
}

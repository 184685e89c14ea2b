package io.kabar.chat.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.kabar.chat.ServerKey;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of {@code docs/architecture.md}, and what must not happen below {@code internal.net}. */
class ArchitectureTest {

    private static final String ROOT = "io.kabar.chat";

    /** Each layer, and the layers it may import: downward by any number of floors, never up or sideways. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("internal.names", Set.of("internal.text")),
            Map.entry("model", Set.of("rules", "internal.text", "internal.names")),
            Map.entry("rules", Set.of("internal.text")),
            Map.entry("spi", Set.of("model", "rules", "internal.names", "internal.text", "internal.crypto")),
            Map.entry("internal.text", Set.of()),
            Map.entry("internal.files", Set.of()),
            Map.entry("internal.process", Set.of("internal.text")),
            Map.entry("internal.crypto", Set.of("internal.text")),
            Map.entry("internal.wire", Set.of("model")),
            Map.entry("internal.wire.message", Set.of("model", "rules", "internal.wire")),
            Map.entry("internal.connection.lane", Set.of("internal.wire")),
            Map.entry("internal.connection.loss", Set.of("internal.wire", "internal.connection.lane")),
            Map.entry(
                    "internal.connection",
                    Set.of(
                            "internal.crypto",
                            "internal.wire",
                            "internal.wire.message",
                            "internal.connection.lane",
                            "internal.connection.loss")),
            Map.entry("internal.endpoint", protocol("internal.connection", "internal.connection.lane")),
            Map.entry("internal.client.calls", protocol("internal.endpoint")),
            Map.entry(
                    "internal.client.login",
                    protocol("internal.connection", "internal.connection.lane", "internal.endpoint")),
            Map.entry(
                    "internal.client",
                    protocol(
                            "internal.connection",
                            "internal.connection.lane",
                            "internal.endpoint",
                            "internal.client.calls",
                            "internal.client.login")),
            Map.entry(
                    "internal.server.core",
                    protocol("internal.connection", "internal.connection.lane", "internal.endpoint", "internal.text")),
            Map.entry("internal.server.search", protocol("internal.endpoint", "internal.text")),
            Map.entry("internal.server.limits", protocol("internal.endpoint", "internal.server.core")),
            Map.entry(
                    "internal.server.order",
                    protocol("internal.endpoint", "internal.text", "internal.server.core", "internal.server.limits")),
            Map.entry(
                    "internal.server.log",
                    protocol(
                            "internal.connection",
                            "internal.connection.lane",
                            "internal.endpoint",
                            "internal.text",
                            "internal.server.core",
                            "internal.server.search")),
            Map.entry(
                    "internal.server.session",
                    protocol(
                            "internal.connection",
                            "internal.connection.lane",
                            "internal.endpoint",
                            "internal.text",
                            "internal.server.core",
                            "internal.server.limits",
                            "internal.server.order")),
            Map.entry(
                    "internal.server.staff",
                    protocol(
                            "internal.endpoint",
                            "internal.server.core",
                            "internal.server.limits",
                            "internal.server.order",
                            "internal.server.session")),
            Map.entry(
                    "internal.server.login",
                    protocol(
                            "internal.endpoint",
                            "internal.text",
                            "internal.server.core",
                            "internal.server.limits",
                            "internal.server.order",
                            "internal.server.session")),
            Map.entry(
                    "internal.server.journal",
                    protocol("internal.connection", "internal.server.core", "internal.server.log")),
            Map.entry(
                    "internal.server.lane",
                    protocol(
                            "internal.endpoint",
                            "internal.server.core",
                            "internal.server.log",
                            "internal.server.order",
                            "internal.server.session")),
            Map.entry(
                    "internal.server.room",
                    protocol(
                            "internal.connection",
                            "internal.endpoint",
                            "internal.server.core",
                            "internal.server.journal",
                            "internal.server.lane",
                            "internal.server.limits",
                            "internal.server.log",
                            "internal.server.order",
                            "internal.server.search",
                            "internal.server.session",
                            "internal.server.staff")),
            Map.entry(
                    "internal.server.query",
                    protocol(
                            "internal.endpoint",
                            "internal.server.core",
                            "internal.server.journal",
                            "internal.server.lane",
                            "internal.server.limits",
                            "internal.server.log",
                            "internal.server.order",
                            "internal.server.room",
                            "internal.server.search",
                            "internal.server.session")),
            Map.entry(
                    "internal.server",
                    protocol(
                            "internal.connection",
                            "internal.connection.lane",
                            "internal.endpoint",
                            "internal.server.core",
                            "internal.server.journal",
                            "internal.server.limits",
                            "internal.server.log",
                            "internal.server.login",
                            "internal.server.order",
                            "internal.server.query",
                            "internal.server.room",
                            "internal.server.search",
                            "internal.server.session",
                            "internal.server.staff")),
            Map.entry("internal.net", protocol("internal.connection", "internal.connection.lane", "internal.endpoint")),
            Map.entry("participant", Set.of("model", "rules")),
            Map.entry("internal.participant", facade("participant", "internal.client", "internal.text")),
            Map.entry(
                    "client",
                    facade(
                            "participant",
                            "internal.participant",
                            "internal.client",
                            "internal.client.login",
                            "internal.text")),
            Map.entry(
                    "server",
                    facade(
                            "participant",
                            "internal.participant",
                            "internal.client",
                            "internal.client.login",
                            "internal.server",
                            "internal.server.core",
                            "internal.server.limits",
                            "internal.server.log",
                            "internal.server.room")),
            Map.entry("view.words", Set.of("model", "rules", "internal.text")),
            Map.entry("view.amended", Set.of("model")),
            Map.entry("view.lines", Set.of()),
            Map.entry(
                    "view.commands", Set.of("view.words", "client", "participant", "model", "rules", "internal.text")),
            Map.entry(
                    "view",
                    Set.of(
                            "view.commands",
                            "view.words",
                            "view.amended",
                            "view.lines",
                            "client",
                            "participant",
                            "model",
                            "rules",
                            "internal.text")),
            Map.entry(
                    "view.files",
                    Set.of(
                            "view",
                            "view.words",
                            "client",
                            "internal.files",
                            "model",
                            "internal.process",
                            "internal.text"))));

    /** Everything below the one package that does I/O. */
    private static final String[] PURE = packages(
            "model",
            "rules",
            "internal.text",
            "internal.names",
            "internal.crypto",
            "internal.wire",
            "internal.wire.message",
            "internal.connection",
            "internal.connection.lane",
            "internal.connection.loss",
            "internal.endpoint",
            "internal.client",
            "internal.server",
            "internal.server.core",
            "internal.server.journal",
            "internal.server.lane",
            "internal.server.limits",
            "internal.server.log",
            "internal.server.login",
            "internal.server.order",
            "internal.server.query",
            "internal.server.room",
            "internal.server.search",
            "internal.server.session",
            "internal.server.staff");

    /** What may do I/O, to see that the rules for the others would notice. */
    private static final String[] IMPURE = packages("internal.net", "client", "server", "spi");

    /** The classes of the library, without its tests. */
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(ServerKey.class.getProtectionDomain().getCodeSource().getLocation());

    private static final ModuleDescriptor LIBRARY_MODULE =
            ServerKey.class.getModule().getDescriptor();

    @Test
    void layers_import_downward_only() {
        layers(ARROWS).check(LIBRARY);
    }

    @Test
    void each_arrow_that_the_code_needs_would_be_missed() {
        Map<String, Set<String>> fewer = new TreeMap<>(ARROWS);
        fewer.put(
                "internal.client",
                Set.of(
                        "internal.connection",
                        "internal.connection.lane",
                        "internal.endpoint",
                        "internal.crypto",
                        "model"));
        assertThat(layers(fewer).evaluate(LIBRARY).hasViolation()).isTrue();
    }

    @Test
    void every_package_is_in_the_picture() {
        Set<String> packages = new TreeSet<>();
        LIBRARY.forEach(type -> packages.add(type.getPackageName()));
        packages.remove(""); // the module's own class
        assertThat(packages).containsExactlyInAnyOrder(packages(ARROWS.keySet().toArray(String[]::new)));
    }

    @Test
    void packages_do_not_import_each_other_in_a_circle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void time_is_handed_in() {
        holdsBelowTheNetwork(ArchitectureTest::noClocks);
    }

    @Test
    void randomness_is_handed_in() {
        holdsBelowTheNetwork(ArchitectureTest::noRandomness);
    }

    @Test
    void no_threads() {
        holdsBelowTheNetwork(ArchitectureTest::noThreads);
    }

    @Test
    void no_sockets_and_no_files() {
        holdsBelowTheNetwork(ArchitectureTest::noInputOrOutput);
    }

    @Test
    void what_every_client_shows_knows_no_files() {
        assertThat(noInputOrOutput(packages("view.files")).evaluate(LIBRARY).hasViolation())
                .isTrue();
        noInputOrOutput(packages("view", "view.commands", "view.words", "view.amended", "view.lines"))
                .check(LIBRARY);
    }

    @Test
    void no_loggers() {
        holdsBelowTheNetwork(ArchitectureTest::noLoggers);
    }

    @Test
    void of_what_is_internal_only_files_process_and_text_are_open_to_more_than_benchmarks_and_test_kit() {
        Set<String> toTheKit = Set.of(ROOT + ".internal.connection", ROOT + ".internal.net");
        List<Exports> opened = LIBRARY_MODULE.exports().stream()
                .filter(export -> export.source().startsWith(ROOT + ".internal"))
                .filter(export -> !Set.of(ROOT + ".internal.files", ROOT + ".internal.process", ROOT + ".internal.text")
                        .contains(export.source()))
                .toList();
        assertThat(opened)
                .isNotEmpty()
                .allSatisfy(export -> assertThat(export.targets())
                        .as(export.source())
                        .containsExactly(
                                toTheKit.contains(export.source()) ? "io.kabar.chat.testkit" : "io.kabar.bench"));
    }

    private interface Rule {
        ArchRule in(String... packages);
    }

    /** A rule that finds nothing even where it should would hold for ever. */
    private static void holdsBelowTheNetwork(Rule rule) {
        assertThat(rule.in(IMPURE).evaluate(LIBRARY).hasViolation()).isTrue();
        rule.in(PURE).check(LIBRARY);
    }

    private static ArchRule noClocks(String... packages) {
        return classesIn(packages)
                .accessTargetWhere(member(System.class, "nanoTime", "currentTimeMillis")
                        .or(member(InstantSource.class, "system"))
                        .or(targetOwner(resideInAPackage("java.time..")).and(named("now"))))
                .orShould()
                .dependOnClassesThat(assignableTo(Clock.class));
    }

    private static ArchRule noRandomness(String... packages) {
        return classesIn(packages)
                .accessTargetWhere(member(Math.class, "random")
                        .or(member(UUID.class, "randomUUID"))
                        .or(member(RandomGenerator.class, "of", "getDefault")))
                .orShould()
                .dependOnClassesThat(assignableTo(Random.class) // SecureRandom and ThreadLocalRandom are such
                        .or(assignableTo(SplittableRandom.class))
                        .or(assignableTo(RandomGeneratorFactory.class)));
    }

    private static ArchRule noThreads(String... packages) {
        return classesIn(packages)
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(ThreadLocal.class))
                        .or(resideInAPackage("java.util.concurrent..")))
                .orShould()
                .accessTargetWhere(member(Object.class, "wait", "notify", "notifyAll"));
    }

    /** An address is a value; to ask what address a name has is I/O. */
    private static ArchRule noInputOrOutput(String... packages) {
        DescribedPredicate<JavaClass> network = resideInAPackage("java.net..")
                .and(DescribedPredicate.not(assignableTo(InetAddress.class)
                        .or(assignableTo(SocketAddress.class))
                        .or(type(IDN.class))));
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .and()
                // It reads the table that is in the library itself.
                .doNotHaveFullyQualifiedName(ROOT + ".internal.names.NameTable")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.channels..", "java.nio.file..")
                        .or(network))
                .orShould()
                .accessTargetWhere(member(InetAddress.class, "getByName", "getAllByName", "getLocalHost")
                        .or(member(InetSocketAddress.class, "getHostName")));
    }

    private static ArchRule noLoggers(String... packages) {
        return classesIn(packages)
                .dependOnClassesThat(resideInAnyPackage("org.slf4j..", "java.util.logging.."))
                .orShould()
                .accessTargetWhere(member(System.class, "out", "err", "getLogger"));
    }

    private static ClassesShould classesIn(String... packages) {
        return noClasses().that().resideInAnyPackage(packages).should();
    }

    /** Calls of methods, method references and uses of fields alike. */
    private static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, String... names) {
        return targetOwner(type(owner)).and(named(names));
    }

    private static DescribedPredicate<JavaAccess<?>> named(String... names) {
        List<String> wanted = List.of(names);
        return DescribedPredicate.describe(
                "named " + wanted, access -> wanted.contains(((HasName) access.getTarget()).getName()));
    }

    private static ArchRule layers(Map<String, Set<String>> arrows) {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : arrows.keySet()) {
            layers = layers.layer(layer).definedBy(packages(layer));
        }
        for (Map.Entry<String, Set<String>> arrow : arrows.entrySet()) {
            String[] below = arrow.getValue().toArray(String[]::new);
            layers = below.length == 0
                    ? layers.whereLayer(arrow.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(arrow.getKey()).mayOnlyAccessLayers(below);
        }
        return layers;
    }

    /** Bytes and keys, and more. */
    private static Set<String> protocol(String... more) {
        Set<String> below = new HashSet<>(Set.of(more));
        below.addAll(Set.of("internal.crypto", "internal.wire", "internal.wire.message", "model", "rules", "spi"));
        return below;
    }

    /** What a façade may use: what is below it on its side, and what both sides have. */
    private static Set<String> facade(String... more) {
        Set<String> below = protocol(more);
        below.addAll(Set.of(
                "internal.files",
                "internal.process",
                "internal.net",
                "internal.endpoint",
                "internal.connection",
                "internal.connection.lane"));
        return below;
    }

    private static String[] packages(String... layers) {
        return Stream.of(layers)
                .map(layer -> layer.equals("model") ? ROOT : ROOT + "." + layer)
                .toArray(String[]::new);
    }
}

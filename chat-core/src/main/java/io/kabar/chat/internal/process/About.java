package io.kabar.chat.internal.process;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** What a report about a program has to say of it and of what it runs on. */
public final class About {

    private About() {}

    /** The version that was built, as the module of a class of the program carries it. */
    public static String version(Class<?> program) {
        return Optional.ofNullable(program.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("(development)");
    }

    /** For {@code --version}: the program's version, the Java that runs it and the system below. */
    public static String[] lines(Class<?> program) {
        return new String[] {
            "kabar " + version(program),
            "Java " + Runtime.version() + ", " + property("java.vm.name") + ", " + property("java.vendor"),
            property("os.name") + " " + property("os.version") + ", " + property("os.arch")
        };
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}

package io.kabar.cli.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, as the module carries it. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"kabar " + text()};
    }

    /** The version alone. */
    public static String text() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
                .orElse("(development)");
    }
}

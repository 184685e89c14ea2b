package io.kabar.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, as the module carries it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
                .orElse("(development)");
        return new String[] {"kabar " + version};
    }
}

package io.kabar.bench;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** The version for {@code --version}, as the jar knows it. */
final class Version implements IVersionProvider {

    static String text() {
        ModuleDescriptor descriptor = Version.class.getModule().getDescriptor();
        return descriptor == null ? "(development)" : descriptor.rawVersion().orElse("(development)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"kabar " + text()};
    }
}

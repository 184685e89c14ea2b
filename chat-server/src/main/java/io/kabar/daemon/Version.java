package io.kabar.daemon;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** The version for {@code --version}, as the jar knows it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        ModuleDescriptor descriptor = Version.class.getModule().getDescriptor();
        String version =
                descriptor == null ? "(development)" : descriptor.rawVersion().orElse("(development)");
        return new String[] {"kabar " + version};
    }
}

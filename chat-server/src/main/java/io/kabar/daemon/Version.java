package io.kabar.daemon;

import io.kabar.chat.internal.process.About;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the program, its Java and the system, which a report of a bug needs. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return About.lines(Version.class);
    }
}

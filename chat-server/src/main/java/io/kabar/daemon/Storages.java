package io.kabar.daemon;

import io.kabar.chat.spi.StorageProvider;
import io.kabar.chat.spi.StorageProvider.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The kinds of storage that are there. */
final class Storages {

    private Storages() {}

    /** What {@link ServiceLoader} finds. */
    static Iterable<StorageProvider> found() {
        return ServiceLoader.load(StorageProvider.class);
    }

    /**
     * Opens the storage that the settings name.
     *
     * @throws IOException in a sentence for a person, if there is none of that name or it cannot be opened
     */
    static Storage open(DaemonSettings settings, Path folder, Iterable<StorageProvider> providers) throws IOException {
        Map<String, String> words = new HashMap<>(settings.history().settings());
        words.put("durability", settings.forced() ? "always" : "os");
        return named(settings.storage(), providers).open(folder, words);
    }

    /**
     * The kind of storage of a name.
     *
     * @throws IOException in a sentence for a person, if there is none
     */
    static StorageProvider named(String name, Iterable<StorageProvider> providers) throws IOException {
        List<String> names = new ArrayList<>();
        for (StorageProvider provider : providers) {
            if (provider.name().equals(name)) {
                return provider;
            }
            names.add(provider.name());
        }
        throw new IOException("There is no storage called " + name + "; there " + (names.size() == 1 ? "is " : "are ")
                + String.join(", ", names) + ".");
    }
}

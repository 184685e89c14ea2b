package io.kabar.cli.input;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which key does what. */
public final class Bindings {

    private final Map<String, Action> byKey = new HashMap<>();

    private Bindings() {}

    /** As people's fingers know them (docs/terminal.md). */
    public static Bindings usual() {
        Bindings bindings = new Bindings();
        for (Action action : Action.values()) {
            action.keys().forEach(key -> bindings.byKey.put(key, action));
        }
        return bindings;
    }

    /** The same, but for some keys. */
    public static Bindings with(Map<String, Action> others) {
        Bindings bindings = usual();
        bindings.byKey.putAll(others);
        return bindings;
    }

    /** What a key does; empty if it does nothing. */
    public Optional<Action> find(String key) {
        return Optional.ofNullable(byKey.get(key)).filter(action -> action != Action.NONE);
    }
}

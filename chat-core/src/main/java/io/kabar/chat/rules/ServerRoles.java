package io.kabar.chat.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The server roles that there are on a server: {@code member}, {@code staff} and {@code owner}, and its own. */
public final class ServerRoles {

    /** Those that every server has. */
    public static final ServerRoles STANDARD = of(List.of());

    private final Map<String, ServerRole> byName;

    private ServerRoles(Map<String, ServerRole> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * The standard roles and these; one that is named {@code staff} takes the place of the standard one.
     *
     * @throws IllegalArgumentException with a sentence, if {@code member} or {@code owner} is to be another one: what
     *     everybody may is no role, and who runs the server may everything
     */
    public static ServerRoles of(Collection<ServerRole> own) {
        Map<String, ServerRole> roles = new LinkedHashMap<>();
        for (ServerRole role : List.of(ServerRole.MEMBER, ServerRole.STAFF, ServerRole.OWNER)) {
            roles.put(role.name(), role);
        }
        for (ServerRole role : own) {
            if (role.name().equals(ServerRole.MEMBER.name()) || role.name().equals(ServerRole.OWNER.name())) {
                throw new IllegalArgumentException("The role " + role.name() + " is as it is on every server.");
            }
            roles.put(role.name(), role);
        }
        return new ServerRoles(roles);
    }

    /** Whether there is a role of this name. */
    public boolean knows(String name) {
        return byName.containsKey(name);
    }

    /** The role of this name; one that allows nothing, if there is none. */
    public ServerRole find(String name) {
        ServerRole role = byName.get(name);
        return role != null ? role : ServerRole.isName(name) ? new ServerRole(name, Set.of()) : ServerRole.MEMBER;
    }

    /** All of them. */
    public Collection<ServerRole> all() {
        return byName.values();
    }

    /** Those that allow something, for a sentence that says who can help. */
    public List<String> namesWith(Capability capability) {
        List<String> names = new ArrayList<>();
        for (ServerRole role : byName.values()) {
            if (role.allows(capability)) {
                names.add(role.name());
            }
        }
        return names;
    }
}

package io.kabar.chat.rules;

import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody may do on the whole server: a name that stands in their account, and the capabilities that it grants.
 * It is not the {@link RoomRole} that somebody has in one room.
 *
 * @param name of at most 32 lower-case letters, digits and hyphens
 * @param capabilities what it allows
 */
public record ServerRole(String name, Set<Capability> capabilities) {

    /** What everybody is: it allows nothing that others may not. */
    public static final ServerRole MEMBER = new ServerRole("member", Set.of());

    /** Keeps order: everything but to see addresses and to manage accounts and roles. */
    public static final ServerRole STAFF = new ServerRole(
            "staff",
            EnumSet.of(
                    Capability.MODERATE_ROOMS,
                    Capability.CREATE_ROOMS,
                    Capability.BAN,
                    Capability.EMERGENCY,
                    Capability.READ_STAFF_LOG,
                    Capability.INVITE,
                    Capability.NO_LIMITS));

    /** Runs the server: everything. */
    public static final ServerRole OWNER = new ServerRole("owner", EnumSet.allOf(Capability.class));

    private static final int LONGEST = 32;

    /**
     * Checks the name, and copies the capabilities.
     *
     * @throws IllegalArgumentException with a sentence, if it is no name of a role
     */
    public ServerRole {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "A server role is named by 1 to 32 lower-case letters, digits and hyphens.");
        }
        capabilities = Set.copyOf(capabilities);
    }

    /** Whether a server role may have this name. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** Whether it allows this. */
    public boolean allows(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Whether it allows all that another one does. */
    public boolean isAtLeast(ServerRole other) {
        return capabilities.containsAll(other.capabilities);
    }

    /**
     * Whether somebody with this role may act against somebody with another: it has all capabilities of the other, and
     * more, or all there are.
     */
    public boolean isAbove(ServerRole other) {
        return isAtLeast(other)
                && (capabilities.size() > other.capabilities.size()
                        || capabilities.size() == Capability.values().length);
    }
}

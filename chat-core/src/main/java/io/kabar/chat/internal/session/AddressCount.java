package io.kabar.chat.internal.session;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many sessions, signed in or not, each proven address has. */
public final class AddressCount {

    private final int perAddress;
    private final int perPrivateAddress;
    private final Map<String, Integer> counts = new HashMap<>();

    public AddressCount(int perAddress, int perPrivateAddress) {
        this.perAddress = perAddress;
        this.perPrivateAddress = perPrivateAddress;
    }

    /** Counts one more, if the address may have one more. */
    public boolean tryAdd(InetAddress address) {
        int limit = AddressKey.isPrivate(address) ? perPrivateAddress : perAddress;
        String key = AddressKey.of(address);
        int count = counts.getOrDefault(key, 0);
        if (count >= limit) {
            return false;
        }
        counts.put(key, count + 1);
        return true;
    }

    /** Addresses that have any. */
    public int size() {
        return counts.size();
    }

    /** Counts one less. */
    public void remove(InetAddress address) {
        counts.computeIfPresent(AddressKey.of(address), (key, count) -> count == 1 ? null : count - 1);
    }
}

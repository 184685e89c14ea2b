package io.kabar.chat.internal.server.limits;

import io.kabar.chat.internal.server.limits.AddressPrefixes.Prefix;
import java.util.HashMap;
import java.util.Map;

/**
 * How many of something each address has, and each network it lies in, see {@link AddressPrefixes}. It remembers no
 * more networks than three times what is counted, so it is bounded by whoever bounds that.
 */
public final class AddressCount {

    private final int perAddress;
    private final int perPrivateAddress;
    private final int perNetwork;
    private final Map<Prefix, Integer> counts = new HashMap<>();

    /**
     * @param perNetwork what nobody may have more of, however wide the network: a part of all there is, so that others
     *     are left some
     */
    public AddressCount(int perAddress, int perPrivateAddress, int perNetwork) {
        this.perAddress = perAddress;
        this.perPrivateAddress = perPrivateAddress;
        this.perNetwork = perNetwork;
    }

    /** Counts one more, if the address and its networks may have one more. */
    public boolean tryAdd(AddressPrefixes address) {
        if (!hasRoom(address)) {
            return false;
        }
        add(address);
        return true;
    }

    /** Whether the address and its networks may have one more. */
    public boolean hasRoom(AddressPrefixes address) {
        long limit = address.isPrivate() ? perPrivateAddress : perAddress;
        for (Prefix prefix : address.narrowestFirst()) {
            if (counts.getOrDefault(prefix, 0) >= Math.min(limit * prefix.times(), perNetwork)) {
                return false;
            }
        }
        return true;
    }

    /** Counts one more, whether it may have one or not. */
    public void add(AddressPrefixes address) {
        address.narrowestFirst().forEach(prefix -> counts.merge(prefix, 1, Integer::sum));
    }

    /** Networks that have any. */
    public int size() {
        return counts.size();
    }

    /** Counts one less. */
    public void remove(AddressPrefixes address) {
        for (Prefix prefix : address.narrowestFirst()) {
            counts.computeIfPresent(prefix, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}

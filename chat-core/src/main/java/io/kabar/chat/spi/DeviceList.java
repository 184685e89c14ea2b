package io.kabar.chat.spi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What becomes of the devices of an account; see {@link AccountChange}. */
final class DeviceList {

    private DeviceList() {}

    /** One more; empty if this one is shut out, or there were too many for another number. */
    static Optional<List<Device>> add(List<Device> devices, Device device) {
        int highest = Device.FIRST; // whose number nobody else gets
        for (Device each : devices) {
            if (each.claim().equals(device.claim())) {
                return each.isGood() ? Optional.of(devices) : Optional.empty();
            }
            highest = Math.max(highest, each.number());
        }
        if (highest == Device.LAST_NUMBER) {
            return Optional.empty();
        }
        List<Device> all = new ArrayList<>(devices);
        all.add(device.withNumber(highest + 1));
        forgetOne(all, highest + 1);
        return Optional.of(List.copyOf(all));
    }

    /** Of too many that are let in the one that was not seen for longest goes; the first and the newest stay. */
    private static void forgetOne(List<Device> all, int newest) {
        if (all.stream().filter(Device::isGood).count() > Account.DEVICES) {
            all.stream()
                    .filter(each -> each.isGood() && each.number() != newest && each.number() != Device.FIRST)
                    .min(Comparator.comparing(Device::seen).thenComparing(Device::number))
                    .ifPresent(all::remove);
        }
    }

    /** One is shut out; empty if there is none of this number. */
    static Optional<List<Device>> revoke(List<Device> devices, int number, Instant now) {
        if (devices.stream().noneMatch(each -> each.number() == number)) {
            return Optional.empty();
        }
        List<Device> all = new ArrayList<>();
        devices.forEach(each -> all.add(each.number() == number ? each.revokedAt(now) : each));
        int newest = all.stream().mapToInt(Device::number).max().orElse(0);
        if (all.stream().filter(each -> !each.isGood()).count() > Account.DEVICES) {
            all.stream()
                    .filter(each -> !each.isGood() && each.number() != newest && each.number() != number)
                    .min(Comparator.comparing(each -> each.revoked().orElse(Instant.MIN)))
                    .ifPresent(all::remove);
        }
        return Optional.of(List.copyOf(all));
    }
}

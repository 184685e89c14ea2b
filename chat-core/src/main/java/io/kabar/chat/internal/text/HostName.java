package io.kabar.chat.internal.text;

import java.net.IDN;

/**
 * Hosts as people write them, in the one form that names them everywhere: what stands in a link, in the file of known
 * servers, and what is asked of the resolver. Nothing is resolved here.
 */
public final class HostName {

    /** RFC 1035 section 2.3.4. */
    private static final int LONGEST = 253;

    private static final int LONGEST_LABEL = 63;

    /** Such as {@code fe80::1%eth0}; no interface is named longer anywhere. */
    private static final int LONGEST_ZONE = 64;

    private HostName() {}

    /**
     * A name or an address: letters of other scripts as IDNA writes them ({@code xn--mnchen-3ya}), an IPv6 address
     * without brackets, perhaps with a zone behind a percent sign.
     *
     * @throws IllegalArgumentException with a sentence, if nothing can have that name
     */
    public static String of(String host) {
        String text = host.strip();
        if (text.length() > 2 && text.startsWith("[") && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1);
            if (text.indexOf(':') < 0) {
                throw new IllegalArgumentException("Only an IPv6 address stands in brackets.");
            }
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("An invitation needs a host name or address.");
        }
        return text.indexOf(':') >= 0 ? address(text) : name(text);
    }

    private static String name(String text) {
        // Longer ones cannot become short enough, and IDN takes the square of the length.
        if (text.length() > LONGEST + 1) {
            throw noName();
        }
        String name = isAscii(text) ? text : ascii(text);
        int labels = name.endsWith(".") ? name.length() - 1 : name.length();
        int start = 0;
        for (int i = 0; i <= labels; i++) {
            if (i == labels || name.charAt(i) == '.') {
                if (i == start || i - start > LONGEST_LABEL) {
                    throw noName();
                }
                start = i + 1;
            } else if (!isOfName(name.charAt(i))) {
                throw noName();
            }
        }
        if (labels > LONGEST) {
            throw noName();
        }
        return name;
    }

    private static String ascii(String text) {
        try {
            return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw noName();
        }
    }

    /** Letters, digits and the hyphen by the standards; the underscore by what networks are full of. */
    private static boolean isOfName(char c) {
        return isAlphanumeric(c) || c == '-' || c == '_';
    }

    private static IllegalArgumentException noName() {
        return new IllegalArgumentException(
                "That is no host name or address: a name has letters, digits, hyphens and dots.");
    }

    private static String address(String text) {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        if (!isIpv6(address)) {
            throw new IllegalArgumentException("That is no host name, and no IPv6 address either.");
        }
        return percent < 0 ? address : address + "%" + zone(text.substring(percent + 1));
    }

    private static String zone(String zone) {
        boolean good = !zone.isEmpty()
                && zone.length() <= LONGEST_ZONE
                && zone.chars().allMatch(c -> isAlphanumeric((char) c) || "-._~".indexOf(c) >= 0);
        if (!good) {
            throw new IllegalArgumentException(
                    "Behind the percent sign of an IPv6 address stands the name or number of a network interface.");
        }
        return zone;
    }

    /** RFC 4291 section 2.2: eight groups, one run of zero groups as {@code ::}, the last two perhaps as IPv4. */
    static boolean isIpv6(String text) {
        int groups = 0;
        boolean gap = false;
        int at = 0;
        if (text.startsWith("::")) {
            gap = true;
            at = 2;
        } else if (text.startsWith(":")) {
            return false;
        }
        while (at < text.length()) {
            int end = text.indexOf(':', at);
            String group = text.substring(at, end < 0 ? text.length() : end);
            if (end < 0 && group.indexOf('.') >= 0) {
                return isIpv4(group) && fits(groups + 2, gap);
            }
            if (group.isEmpty() || group.length() > 4 || !group.chars().allMatch(c -> isHex((char) c))) {
                return false;
            }
            groups++;
            if (end < 0) {
                at = text.length();
            } else if (text.startsWith("::", end)) {
                if (gap) {
                    return false;
                }
                gap = true;
                at = end + 2;
            } else {
                at = end + 1;
                if (at == text.length()) {
                    return false;
                }
            }
        }
        return fits(groups, gap);
    }

    private static boolean fits(int groups, boolean gap) {
        return gap ? groups < 8 : groups == 8;
    }

    private static boolean isIpv4(String text) {
        int parts = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                if (i == start || i - start > 3 || Digits.parseInt(text.substring(start, i)) > 255) {
                    return false;
                }
                parts++;
                start = i + 1;
            } else if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return parts == 4;
    }

    private static boolean isHex(char c) {
        return Parts.isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isAlphanumeric(char c) {
        return Parts.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}

package io.kabar.chat.internal.process;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Objects;

/** Why a UDP port could not be had: the system's words are few, and in its own language. */
public final class BindTrouble {

    /** Ports below are a privilege on most systems, unless they say otherwise. */
    private static final int FIRST_FREE_FOR_ALL = 1024;

    private BindTrouble() {}

    /** Half a sentence, to follow a colon. */
    public static String reason(InetSocketAddress address, BindException failure) {
        if (!isOfThisMachine(address.getAddress())) {
            return "that is no address of this machine";
        }
        String told = Objects.requireNonNullElse(failure.getMessage(), "");
        boolean inUse = told.startsWith("Address already in use");
        if (address.getPort() > 0 && address.getPort() < FIRST_FREE_FOR_ALL && !inUse) {
            return "ports below 1024 are for root, or for a program that was given the right to them (on Linux:"
                    + " AmbientCapabilities=CAP_NET_BIND_SERVICE in its systemd unit); take a higher one, such as 2120";
        }
        return told.startsWith("Permission denied")
                ? "this system does not allow it"
                : "another program has it; stop that, or take another port";
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // who cannot tell blames the port
        }
    }
}

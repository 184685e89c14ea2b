package io.kabar.chat.server;

import java.util.Map;

/**
 * A snapshot of a server in figures; counters run from the start. Figures may be added: read those you want by their
 * names, and make none of these outside tests.
 *
 * @param sessions users signed in now, counting each connection
 * @param handshaking connections that are not signed in yet
 * @param rooms rooms known
 * @param accepted messages and other events committed
 * @param deliveries events acknowledged by members
 * @param datagramsIn datagrams received
 * @param datagramsOut datagrams sent
 * @param bytesIn bytes received
 * @param bytesOut bytes sent
 * @param logins sign-ins that succeeded
 * @param resumptions those of them that needed a ticket only, and no proof of a password
 * @param loginsRefused sign-ins that did not
 * @param roamed changes of address that sessions survived
 * @param notStored messages and other events refused because the journal could not store them
 * @param dropped datagrams dropped, by reason
 * @param receiveBuffer bytes of datagrams that the system keeps until the server takes them; what comes beyond is lost
 * @param socketErrors calls of the system for the socket that have failed, such as for a client without a route
 * @param socketsReopened times the socket broke and was opened anew
 */
public record ServerStats(
        int sessions,
        int handshaking,
        int rooms,
        long accepted,
        long deliveries,
        long datagramsIn,
        long datagramsOut,
        long bytesIn,
        long bytesOut,
        long logins,
        long resumptions,
        long loginsRefused,
        long roamed,
        long notStored,
        Map<String, Long> dropped,
        int receiveBuffer,
        long socketErrors,
        long socketsReopened) {

    /** Keeps the map unmodifiable. */
    public ServerStats {
        dropped = Map.copyOf(dropped);
    }
}

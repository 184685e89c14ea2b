package io.kabar.chat.client;

import io.kabar.chat.ServerKey;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The connection in figures, for a status line. Figures may be added: read those you want by their names, and
 * make none of these outside tests.
 *
 * @param server where the server is
 * @param key the key it has proven
 * @param firstContact whether this key was taken on trust at this first contact
 * @param roundTrip smoothed round trip
 * @param lossPercent datagrams lost of those sent, in percent
 * @param waiting messages that are not accepted yet
 * @param maxMessageBytes the longest message in UTF-8 bytes that the server takes, as it said at the newest sign-in
 */
public record ConnectionInfo(
        InetSocketAddress server,
        ServerKey key,
        boolean firstContact,
        Duration roundTrip,
        double lossPercent,
        int waiting,
        int maxMessageBytes) {}

package io.kabar.chat.testkit;

import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerSecret;
import java.net.InetAddress;

/**
 * A machine on a {@link TestNetwork}: it has an address, a {@link #link} and a disk, that is, a device's secret and a
 * server's, which its clients and its servers use unless they are given others. Others reach it by its name.
 *
 * <p>The builders are those of every program; what is set on them holds as ever, and what they make is used as ever.
 */
public final class TestMachine {

    private final String name;
    private final Host host;
    private final DeviceSecret device = DeviceSecret.generate();
    private final ServerSecret secret = ServerSecret.generate();

    TestMachine(String name, Host host) {
        this.name = name;
        this.host = host;
    }

    /** By which {@link ChatServer#inviteLink} makes links that lead here. */
    public String name() {
        return name;
    }

    /** Where it is now. */
    public InetAddress address() {
        return host.address();
    }

    /** Its line to the network. */
    public TestLink link() {
        return host.link();
    }

    /** A server that will run on this machine. */
    public ChatServer.Builder server() {
        ChatServer.Builder builder = ChatServer.builder().secret(secret);
        settle(builder);
        return builder;
    }

    /** A client that will run on this machine. */
    public ChatClient.Builder client() {
        ChatClient.Builder builder = ChatClient.builder().device(device);
        settle(builder);
        return builder;
    }

    private void settle(Object builder) {
        ((Machine.Guest) builder).runsOn(host);
    }

    /**
     * It has another address from now on, as after a change of network; what is on its way to the old one is lost. Its
     * clients stay where they are in their rooms.
     */
    public void move() {
        host.move();
    }

    /**
     * Its clients and servers are gone without a word, as in a power cut: nothing is called and no future of theirs
     * completes any more. What they kept elsewhere, such as in a journal, stays as it is.
     */
    public void crash() {
        host.crash();
    }

    @Override
    public String toString() {
        return name;
    }
}

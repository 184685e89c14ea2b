package io.kabar.chat.internal.connection;

import java.net.InetSocketAddress;

/** A sink that listens to nothing; a test overrides what it wants to hear. */
public class DeafSink implements ConnectionSink {
    @Override
    public void onMessage(int lane, byte[] message) {}

    @Override
    public void onEvent(long room, long seq, byte[] body) {}

    @Override
    public void onGap(long room, long from, long to) {}

    @Override
    public boolean onSignal(long room, long packet, byte[] body) {
        return true;
    }

    @Override
    public void onReady() {}

    @Override
    public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {}

    @Override
    public void onLaneWritable(int lane) {}

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {}
}

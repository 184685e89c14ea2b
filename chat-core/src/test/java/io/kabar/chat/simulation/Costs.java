package io.kabar.chat.simulation;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import java.net.InetSocketAddress;

/** What a server's own code costs: datagrams, bytes and garbage, the same in every run. Stands before it and counts. */
final class Costs implements Endpoint {

    private final Endpoint server;
    private final AllocatedBytes allocated = new AllocatedBytes();
    long deliveries;
    long datagramsOut;
    long datagramsIn;
    long bytesOut;
    /** Allocated by the server's thread. */
    long garbage;

    private long before;

    Costs(Endpoint server) {
        this.server = server;
    }

    /** Everything counts from here. */
    void forget() {
        deliveries = 0;
        datagramsOut = 0;
        datagramsIn = 0;
        bytesOut = 0;
        garbage = 0;
    }

    double perDelivery(long amount) {
        return (double) amount / deliveries;
    }

    /** Answers of the journal and the like. */
    void run(Runnable command) {
        begin();
        command.run();
        end();
    }

    private void begin() {
        before = allocated.byThisThread();
    }

    private void end() {
        garbage += allocated.byThisThread() - before;
    }

    @Override
    public void handleDatagram(InetSocketAddress from, byte[] data, int length, long now) {
        datagramsIn++;
        begin();
        server.handleDatagram(from, data, length, now);
        end();
    }

    @Override
    public void handleTimeout(long now) {
        begin();
        server.handleTimeout(now);
        end();
    }

    @Override
    public int pollTransmit(byte[] out, long now) {
        begin();
        int length = server.pollTransmit(out, now);
        end();
        datagramsOut += length > 0 ? 1 : 0;
        bytesOut += length;
        return length;
    }

    @Override
    public void handleWork(SlowWork work, long now) {
        server.handleWork(work, now);
    }

    @Override
    public void handleLimits(DatagramLimits limits) {
        server.handleLimits(limits);
    }

    @Override
    public void handleTooLong(int length, long now) {
        server.handleTooLong(length, now);
    }

    @Override
    public long nextTimeout() {
        return server.nextTimeout();
    }

    @Override
    public void abandon() {
        server.abandon();
    }

    @Override
    public InetSocketAddress transmitTo() {
        return server.transmitTo();
    }
}

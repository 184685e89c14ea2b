package io.kabar.chat.benchmark;

import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.X25519;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a handshake costs the server: an ephemeral key pair, two agreements, and the keys of the connection. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandshakeBenchmark {

    private final SecureRandom random = new SecureRandom();
    private final X25519.KeyPair identity = X25519.generate(random);
    private final byte[] first = NoiseNk.initiator(new byte[16], identity.publicKey(), X25519.generate(random))
            .writeMessage1(new byte[0]);

    @Benchmark
    public NoiseNk.Split answering() throws CryptoException {
        NoiseNk server = NoiseNk.responder(new byte[16], identity, X25519.generate(random));
        server.readMessage1(first);
        server.writeMessage2(new byte[24]);
        return server.split();
    }
}

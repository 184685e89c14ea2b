package io.kabar.chat.simulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EncodedKeySpec;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stand-in for X25519 with which anybody could read everything, at a thousandth of the price: Diffie-Hellman in the
 * numbers modulo 2^61 - 1. Key agreements are more than half of what a world costs, and nothing that happens in it
 * depends on how hard they are to break; so long runs of seeds, and tests with many handshakes, use this one.
 */
public final class CheapKeys extends Provider implements BeforeAllCallback, AfterAllCallback {

    private static final long serialVersionUID = 1;
    private static final String NAME = "CheapKeys";
    private static final int LENGTH = 32;
    private static final long PRIME = (1L << 61) - 1;

    /** For {@code @ExtendWith}: cheap from before the first test of the class until after the last. */
    public CheapKeys() {
        super(NAME, "1", "agreements of simulated worlds");
        put("KeyFactory.X25519", Factory.class.getName());
        put("KeyAgreement.X25519", Agreement.class.getName());
    }

    /** All of this program's agreements are cheap from now on. */
    static void install() {
        Security.insertProviderAt(new CheapKeys(), 1);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        install();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Security.removeProvider(NAME);
    }

    /** The 32 bytes at the end of an encoded key. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Raw(byte[] bytes) implements PublicKey, PrivateKey {
        private static final long serialVersionUID = 1;

        static Raw of(KeySpec encoded) {
            byte[] all = ((EncodedKeySpec) encoded).getEncoded();
            return new Raw(Arrays.copyOfRange(all, all.length - LENGTH, all.length));
        }

        long number() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() & Long.MAX_VALUE;
        }

        @Override
        public String getAlgorithm() {
            return "X25519";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }
    }

    /** Takes keys as they are. */
    public static final class Factory extends KeyFactorySpi {
        /** Called by the JDK. */
        public Factory() {}

        @Override
        protected PublicKey engineGeneratePublic(KeySpec encoded) {
            return Raw.of(encoded);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec encoded) {
            return Raw.of(encoded);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected Key engineTranslateKey(Key key) {
            throw new UnsupportedOperationException();
        }
    }

    /** The peer's number to the power of one's own. */
    public static final class Agreement extends KeyAgreementSpi {
        private long exponent;
        private long secret;

        /** Called by the JDK. */
        public Agreement() {}

        @Override
        protected void engineInit(Key key, @Nullable SecureRandom random) {
            exponent = ((Raw) key).number();
        }

        @Override
        protected void engineInit(Key key, @Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random) {
            engineInit(key, random);
        }

        @Override
        protected @Nullable Key engineDoPhase(Key key, boolean last) {
            secret = power(((Raw) key).number() % PRIME, exponent);
            return null;
        }

        @Override
        protected byte[] engineGenerateSecret() {
            return ByteBuffer.allocate(LENGTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(secret)
                    .array();
        }

        @Override
        protected int engineGenerateSecret(byte[] into, int offset) {
            System.arraycopy(engineGenerateSecret(), 0, into, offset, LENGTH);
            return LENGTH;
        }

        @Override
        protected SecretKey engineGenerateSecret(String algorithm) {
            throw new UnsupportedOperationException();
        }

        private static long power(long base, long exponent) {
            long result = 1;
            long square = base;
            for (long left = exponent; left != 0; left >>>= 1) {
                result = (left & 1) == 0 ? result : times(result, square);
                square = times(square, square);
            }
            return result;
        }

        private static long times(long a, long b) {
            long high = Math.multiplyHigh(a, b) << 3 | (a * b) >>> 61;
            long sum = high + (a * b & PRIME);
            return sum >= PRIME ? sum - PRIME : sum;
        }
    }
}

package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.PBEKeySpec;

/**
 * Stands before the JDK's cryptography, which does the work, and remembers the very arrays and keys that this thread
 * hands in and is given: what a method has left of a secret in memory, though nobody is told where.
 */
final class Watcher extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final transient Thread watched = Thread.currentThread();

    /** What an HMAC or a password gave, in order. */
    final transient List<byte[]> derived = new ArrayList<>();

    /** What a digest was given. */
    final transient List<byte[]> digested = new ArrayList<>();

    /** What a digest gave. */
    final transient List<byte[]> digests = new ArrayList<>();

    /** What a cipher was given, and what it gave. */
    final transient List<byte[]> ciphered = new ArrayList<>();

    final transient List<Key> cipherKeys = new ArrayList<>();
    final transient List<PBEKeySpec> passwords = new ArrayList<>();

    private Watcher() {
        super("Watcher", "1", "remembers arrays");
        putService(new Watched("Mac", "HmacSHA256", HmacSpi::new));
        putService(new Watched("MessageDigest", "SHA-256", DigestSpi::new));
        putService(new Watched("Cipher", "AES/GCM/NoPadding", () -> new AesSpi("AES/GCM/NoPadding")));
        putService(new Watched("Cipher", "AES/ECB/NoPadding", () -> new AesSpi("AES/ECB/NoPadding")));
        putService(new Watched("SecretKeyFactory", "PBKDF2WithHmacSHA256", PasswordSpi::new));
    }

    static Watcher start() {
        Watcher watcher = new Watcher();
        assertThat(Security.insertProviderAt(watcher, 1)).isOne();
        return watcher;
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    /** Each is zeros, but for {@code kept}, which are not; and there was one at all. */
    static void assertOverwritten(List<byte[]> arrays, byte[]... kept) {
        int overwritten = 0;
        for (byte[] array : arrays) {
            if (!isAmong(array, kept)) {
                assertThat(array).containsOnly(0);
                overwritten++;
            }
        }
        assertThat(overwritten).isPositive();
        assertThat(List.of(kept)).allSatisfy(array -> assertThat(array).isNotEqualTo(new byte[array.length]));
    }

    private static boolean isAmong(byte[] array, byte[][] kept) {
        for (byte[] one : kept) {
            if (one == array) {
                return true;
            }
        }
        return false;
    }

    private void remember(List<byte[]> where, byte[] array) {
        if (Thread.currentThread() == watched && array.length > 0) {
            where.add(array);
        }
    }

    private interface Making {
        Object make() throws GeneralSecurityException;
    }

    private final class Watched extends Service {
        private final Making making;

        Watched(String type, String algorithm, Making making) {
            super(Watcher.this, type, algorithm, Watcher.class.getName(), List.of(), Map.of());
            this.making = making;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            try {
                return making.make();
            } catch (GeneralSecurityException e) {
                throw new NoSuchAlgorithmException(e);
            }
        }
    }

    private final class HmacSpi extends MacSpi {
        private final Mac mac;

        HmacSpi() throws NoSuchAlgorithmException, NoSuchProviderException {
            mac = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            mac.init(key, parameters);
        }

        @Override
        protected void engineUpdate(byte input) {
            mac.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            byte[] result = mac.doFinal();
            remember(derived, result);
            return result;
        }

        @Override
        protected void engineReset() {
            mac.reset();
        }
    }

    private final class DigestSpi extends MessageDigestSpi {
        private final MessageDigest digest;

        DigestSpi() throws NoSuchAlgorithmException, NoSuchProviderException {
            digest = MessageDigest.getInstance("SHA-256", "SUN");
        }

        @Override
        protected int engineGetDigestLength() {
            return digest.getDigestLength();
        }

        @Override
        protected void engineUpdate(byte input) {
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            remember(digested, input);
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            byte[] result = digest.digest();
            remember(digests, result);
            return result;
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }
    }

    private final class PasswordSpi extends SecretKeyFactorySpi {
        private final SecretKeyFactory factory;

        PasswordSpi() throws NoSuchAlgorithmException, NoSuchProviderException {
            factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256", "SunJCE");
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            passwords.add((PBEKeySpec) spec);
            byte[] salted = factory.generateSecret(spec).getEncoded();
            remember(derived, salted);
            return new SecretKey() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getAlgorithm() {
                    return "PBKDF2WithHmacSHA256";
                }

                @Override
                public String getFormat() {
                    return "RAW";
                }

                @Override
                public byte[] getEncoded() {
                    return salted;
                }
            };
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) {
            throw new UnsupportedOperationException();
        }
    }

    private final class AesSpi extends CipherSpi {
        private final Cipher cipher;

        AesSpi(String transformation) throws NoSuchAlgorithmException, NoSuchProviderException, NoSuchPaddingException {
            cipher = Cipher.getInstance(transformation, "SunJCE");
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
            cipherKeys.add(key);
            cipher.init(mode, key, random);
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            cipherKeys.add(key);
            cipher.init(mode, key, parameters, random);
        }

        @Override
        protected void engineUpdateAAD(byte[] source, int offset, int length) {
            cipher.updateAAD(source, offset, length);
        }

        @Override
        protected byte[] engineDoFinal(byte[] input, int offset, int length)
                throws IllegalBlockSizeException, BadPaddingException {
            remember(ciphered, input);
            byte[] result = cipher.doFinal(input, offset, length);
            remember(ciphered, result);
            return result;
        }

        @Override
        protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int at)
                throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
            remember(ciphered, input);
            remember(ciphered, output);
            return cipher.doFinal(input, offset, length, output, at);
        }

        @Override
        protected void engineSetMode(String mode) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetPadding(String padding) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineGetBlockSize() {
            return cipher.getBlockSize();
        }

        @Override
        protected int engineGetOutputSize(int inputLength) {
            return cipher.getOutputSize(inputLength);
        }

        @Override
        protected byte[] engineGetIV() {
            return cipher.getIV();
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return cipher.getParameters();
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int offset, int length) {
            return Objects.requireNonNull(cipher.update(input, offset, length));
        }

        @Override
        protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int at)
                throws ShortBufferException {
            return cipher.update(input, offset, length, output, at);
        }
    }
}

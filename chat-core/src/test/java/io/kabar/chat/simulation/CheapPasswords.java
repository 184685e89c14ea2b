package io.kabar.chat.simulation;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A stand-in for PBKDF2 at a thousandth of the price, and as much easier to guess: for tests in which passwords are
 * right or wrong, and nobody asks how hard they were to find. Like the real one it gives another key for another
 * password, salt or number of rounds.
 */
public final class CheapPasswords extends Provider implements BeforeAllCallback, AfterAllCallback {

    private static final long serialVersionUID = 1;
    private static final String NAME = "CheapPasswords";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int CHEAPER = 1000;

    /** For {@code @ExtendWith}: cheap from before the first test of the class until after the last. */
    public CheapPasswords() {
        super(NAME, "1", "passwords of tests");
        put("SecretKeyFactory." + ALGORITHM, Factory.class.getName());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Security.insertProviderAt(this, 1);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Security.removeProvider(NAME);
    }

    /** As many rounds as there are thousands, of a salt that has the rest in it. */
    public static final class Factory extends SecretKeyFactorySpi {
        /** Called by the JDK. */
        public Factory() {}

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            PBEKeySpec asked = (PBEKeySpec) spec;
            int rounds = asked.getIterationCount();
            byte[] salt = asked.getSalt();
            for (int i = 0; i < salt.length; i++) {
                salt[i] += (byte) (rounds >> (8 * (i % Integer.BYTES)));
            }
            PBEKeySpec cheap = new PBEKeySpec(asked.getPassword(), salt, 1 + rounds / CHEAPER, asked.getKeyLength());
            try {
                return SecretKeyFactory.getInstance(ALGORITHM, "SunJCE").generateSecret(cheap);
            } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
                throw new InvalidKeySpecException(e);
            }
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            throw new InvalidKeyException(String.valueOf(key));
        }
    }
}

package io.kabar.chat.internal.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals {@link ResumeTicket}s, so that the server need not keep them: AES-256-GCM under a key that only this server
 * has, and still has after a restart. A ticket is bound to what it was given out for without containing it: that goes
 * into the key, so a ticket opens for the very same only. And it includes what the server keeps of the user's password,
 * so whoever has stolen nothing but the server's identity cannot read the ticket of somebody who comes to them.
 *
 * <p>Each ticket has a key and nonce of its own, derived also from its id. So no count of tickets is too many for one
 * key, as it would be with random nonces of 12 bytes under a key that lives for years.
 *
 * <p>Costs some microseconds and allocates; holds nothing but the secret.
 */
public final class TicketKey {
    /** Bytes of a sealed ticket: id, issue time, secret, tag. */
    public static final int LENGTH = ResumeTicket.ID_LENGTH + Long.BYTES + ResumeProof.SECRET_LENGTH + 16;

    private static final byte[] LABEL = "kabar ticket".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final byte[] secret;

    /** {@code secret} of 32 bytes, the same after each restart: {@link ServerIdentity#derive}. */
    public TicketKey(byte[] secret) {
        this.secret = secret.clone();
    }

    /**
     * What a ticket is bound to: one run of a client, an account, and that by which it is proven whose that is.
     *
     * @param verifier the password verifier, empty if there is none
     * @param claim of the device that the ticket is given to, empty if it is none that is known
     */
    public static byte[] binding(long instance, long account, String verifier, String claim) {
        byte[][] parts = {utf8(verifier), utf8(claim)};
        int length = Long.BYTES + Long.BYTES;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer binding = ByteBuffer.allocate(length).putLong(instance).putLong(account);
        for (byte[] part : parts) { // with their lengths, or two different bindings could be the same bytes
            binding.putInt(part.length).put(part);
        }
        return binding.array();
    }

    /** The ticket as the client keeps it: {@value #LENGTH} bytes. */
    public byte[] seal(ResumeTicket ticket, byte[] binding) {
        byte[] content = ByteBuffer.allocate(Long.BYTES + ResumeProof.SECRET_LENGTH)
                .putLong(ticket.issuedMillis())
                .put(ticket.secret())
                .array();
        byte[] sealed = Arrays.copyOf(ticket.id(), LENGTH);
        try {
            cipher(Cipher.ENCRYPT_MODE, ticket.id(), binding)
                    .doFinal(content, 0, content.length, sealed, ResumeTicket.ID_LENGTH);
        } catch (GeneralSecurityException e) {
            throw Jca.missing("AES-GCM", e);
        }
        Arrays.fill(content, (byte) 0);
        return sealed;
    }

    /** The ticket of these bytes; null if this server has not given them out, and for this. */
    public @Nullable ResumeTicket open(byte[] sealed, byte[] binding) {
        if (sealed.length != LENGTH) {
            return null;
        }
        byte[] id = Arrays.copyOf(sealed, ResumeTicket.ID_LENGTH);
        try {
            byte[] opened = cipher(Cipher.DECRYPT_MODE, id, binding)
                    .doFinal(sealed, ResumeTicket.ID_LENGTH, LENGTH - ResumeTicket.ID_LENGTH);
            ByteBuffer content = ByteBuffer.wrap(opened);
            byte[] proven = new byte[ResumeProof.SECRET_LENGTH];
            long issued = content.getLong();
            content.get(proven);
            Arrays.fill(opened, (byte) 0);
            return new ResumeTicket(id, issued, proven);
        } catch (GeneralSecurityException e) {
            return null; // AEADBadTagException
        }
    }

    private Cipher cipher(int mode, byte[] id, byte[] binding) throws GeneralSecurityException {
        byte[] info = ByteBuffer.allocate(LABEL.length + id.length + binding.length)
                .put(LABEL)
                .put(id)
                .put(binding)
                .array();
        byte[] keys = Hkdf.expand(secret, info, KEY_LENGTH + NONCE_LENGTH);
        RawKey key = new RawKey(Arrays.copyOf(keys, KEY_LENGTH), "AES");
        Cipher cipher = Jca.cipher("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, keys, KEY_LENGTH, NONCE_LENGTH));
        key.destroy();
        Arrays.fill(keys, (byte) 0);
        return cipher;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

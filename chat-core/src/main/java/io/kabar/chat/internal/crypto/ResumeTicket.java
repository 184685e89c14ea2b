package io.kabar.chat.internal.crypto;

/**
 * What is inside a ticket by which a client that was signed in comes back without a password: readable for the server
 * only, see {@link TicketKey}. The client is told the secret beside the ticket, and proves by it that the ticket is its
 * own, see {@link ResumeProof}.
 *
 * @param id {@value #ID_LENGTH} random bytes that no other ticket has
 * @param issuedMillis when it was given out, by the server's wall clock
 * @param secret {@value ResumeProof#SECRET_LENGTH} random bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ResumeTicket(byte[] id, long issuedMillis, byte[] secret) {

    /** Bytes of an id: so many that random ones are never the same. */
    public static final int ID_LENGTH = 16;

    public ResumeTicket {
        if (id.length != ID_LENGTH || secret.length != ResumeProof.SECRET_LENGTH) {
            throw new IllegalArgumentException("id of " + id.length + " and secret of " + secret.length + " bytes");
        }
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "ResumeTicket[" + issuedMillis + "]";
    }
}

package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketKeyTest {
    private static final long ISSUED = 1_800_000_000_000L;
    private static final byte[] BINDING = TicketKey.binding(7, 1, "verifier", "claim");

    private final Random random = new Random(1);
    private final ServerIdentity identity = ServerIdentity.generate(random);
    private final TicketKey key = keyOf(identity);

    private static TicketKey keyOf(ServerIdentity identity) {
        return new TicketKey(identity.derive("kabar resume tickets", 32));
    }

    private ResumeTicket ticket() {
        byte[] id = new byte[ResumeTicket.ID_LENGTH];
        byte[] secret = new byte[ResumeProof.SECRET_LENGTH];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new ResumeTicket(id, ISSUED, secret);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, ISSUED, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void opens_for_the_same_server_also_when_it_was_started_anew(long issued) {
        ResumeTicket ticket = new ResumeTicket(ticket().id(), issued, ticket().secret());
        byte[] sealed = key.seal(ticket, BINDING);

        assertThat(sealed).hasSize(TicketKey.LENGTH);
        assertThat(keyOf(new ServerIdentity(X25519.keyPair(identity.keyPair().privateKey())))
                        .open(sealed, BINDING))
                .usingRecursiveComparison()
                .isEqualTo(ticket);
    }

    @Test
    void every_flipped_bit_is_noticed() {
        byte[] sealed = key.seal(ticket(), BINDING);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] wrong = sealed.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.open(wrong, BINDING)).as("bit %d", bit).isNull();
        }
        assertThat(key.open(sealed, BINDING)).isNotNull();
    }

    @Test
    void other_lengths_are_noticed() {
        byte[] sealed = key.seal(ticket(), BINDING);
        for (int length = 0; length < 256; length++) {
            if (length != sealed.length) {
                assertThat(key.open(Arrays.copyOf(sealed, length), BINDING))
                        .as("%d bytes", length)
                        .isNull();
            }
        }
    }

    @Test
    void another_server_cannot_open_it() {
        byte[] sealed = key.seal(ticket(), BINDING);

        assertThat(keyOf(ServerIdentity.generate(random)).open(sealed, BINDING)).isNull();
        assertThat(new TicketKey(identity.derive("kabar connection ids", 32)).open(sealed, BINDING))
                .isNull();
    }

    @Test
    void opens_for_what_it_was_given_out_for_and_nothing_else() {
        byte[] sealed = key.seal(ticket(), BINDING);

        assertThat(key.open(sealed, TicketKey.binding(8, 1, "verifier", "claim")))
                .isNull();
        assertThat(key.open(sealed, TicketKey.binding(7, 2, "verifier", "claim")))
                .isNull();
        assertThat(key.open(sealed, TicketKey.binding(7, 1, "verifieR", "claim")))
                .isNull();
        assertThat(key.open(sealed, TicketKey.binding(7, 1, "", "claim"))).isNull();
        assertThat(key.open(sealed, TicketKey.binding(7, 1, "verifier", ""))).isNull();
        for (int i = 0; i < BINDING.length; i++) {
            byte[] other = BINDING.clone();
            other[i] ^= 1;
            assertThat(key.open(sealed, other)).as("byte %d", i).isNull();
            assertThat(key.open(sealed, Arrays.copyOf(BINDING, i)))
                    .as("%d bytes", i)
                    .isNull();
        }
    }

    @Test
    void parts_of_a_binding_do_not_run_into_each_other() {
        byte[] sealed = key.seal(ticket(), TicketKey.binding(7, 1, "xy", "z"));

        assertThat(key.open(sealed, TicketKey.binding(7, 1, "x", "yz"))).isNull();
        assertThat(key.open(sealed, TicketKey.binding(7, 12, "y", "z"))).isNull();
        assertThat(key.open(sealed, TicketKey.binding(7, 1, "", "xyz"))).isNull();
    }

    /** The key alone is not enough to read one: a thief of it has not the accounts. */
    @Test
    void what_it_is_bound_to_is_needed_to_read_it() {
        ResumeTicket ticket = ticket();
        byte[] one = key.seal(ticket, BINDING);
        byte[] other = key.seal(ticket, TicketKey.binding(7, 1, "other verifier", "claim"));

        assertThat(Arrays.copyOfRange(one, 0, 16)).isEqualTo(Arrays.copyOfRange(other, 0, 16));
        for (int i = 16; i + 8 <= TicketKey.LENGTH; i++) {
            assertThat(Arrays.copyOfRange(one, i, i + 8)).isNotEqualTo(Arrays.copyOfRange(other, i, i + 8));
        }
    }

    /** Two tickets have nothing in common that would show what is in them. */
    @Test
    void same_content_is_sealed_otherwise_under_another_id() {
        ResumeTicket one = ticket();
        byte[] first = key.seal(one, BINDING);
        byte[] second = key.seal(new ResumeTicket(ticket().id(), one.issuedMillis(), one.secret()), BINDING);

        for (int i = ResumeTicket.ID_LENGTH; i + 8 <= TicketKey.LENGTH; i++) {
            assertThat(Arrays.copyOfRange(first, i, i + 8)).isNotEqualTo(Arrays.copyOfRange(second, i, i + 8));
        }
    }

    @Test
    void any_bytes_are_no_ticket_and_damaged_ones_neither() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random bytes = new Random(seed);
            byte[] sealed = new byte[bytes.nextInt(4) == 0 ? bytes.nextInt(256) : TicketKey.LENGTH];
            bytes.nextBytes(sealed);
            byte[] binding = new byte[bytes.nextInt(300)];
            bytes.nextBytes(binding);
            assertThat(key.open(sealed, binding)).isNull();
            byte[] good = key.seal(ticket(), binding);
            byte[] damaged = good.clone();
            for (int i = bytes.nextInt(4); i >= 0; i--) {
                damaged[bytes.nextInt(damaged.length)] ^= (byte) (1 << bytes.nextInt(8));
            }
            assertThat(key.open(damaged, binding) == null).isEqualTo(!Arrays.equals(good, damaged));
        }
    }

    @Test
    void proofs_are_of_one_side_one_secret_and_one_connection() {
        byte[] secret = Objects.requireNonNull(ticket().secret());
        byte[] hash = new byte[32];
        byte[] proof = ResumeProof.client(secret, hash);

        assertThat(ResumeProof.matches(ResumeProof.client(secret, hash), proof)).isTrue();
        assertThat(ResumeProof.matches(ResumeProof.server(secret, hash), proof)).isFalse();
        byte[] otherHash = hash.clone();
        otherHash[31] = 1;
        assertThat(ResumeProof.matches(ResumeProof.client(secret, otherHash), proof))
                .isFalse();
        assertThat(ResumeProof.matches(ResumeProof.client(ticket().secret(), hash), proof))
                .isFalse();
        assertThat(ResumeProof.matches(proof, Arrays.copyOf(proof, 31))).isFalse();
        assertThat(ResumeProof.matches(proof, new byte[0])).isFalse();
    }

    @Test
    void secrets_are_not_shown_and_lengths_are_right() {
        assertThat(ticket()).hasToString("ResumeTicket[" + ISSUED + "]");
        assertThatIllegalArgumentException().isThrownBy(() -> new ResumeTicket(new byte[12], 0, new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResumeTicket(new byte[16], 0, new byte[31]));
    }
}

package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtocolViolationTest {
    @Test
    void tells_the_peer_why_and_costs_no_stack_trace() {
        ProtocolViolation violation = new ProtocolViolation(CloseCode.FLOW_CONTROL, "too many parts");

        assertThat(violation.code()).isEqualTo(CloseCode.FLOW_CONTROL);
        assertThat(violation.reason()).isEqualTo("too many parts");
        assertThat(violation.getStackTrace()).isEmpty();
    }
}

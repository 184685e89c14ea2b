package io.kabar.chat.simulation;

import org.junit.jupiter.api.Test;

/** Worlds that nobody has thought of. */
class ExplorerTest {

    @Test
    void whatever_happens_everybody_sees_the_same_in_the_end() {
        Seeds.run(300, Explorer::explore);
    }
}

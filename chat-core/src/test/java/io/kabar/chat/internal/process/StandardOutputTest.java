package io.kabar.chat.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    private final StringWriter err = new StringWriter();

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }

    private int exitCode(int code, PrintWriter out) {
        return StandardOutput.exitCode(code, out, new PrintWriter(err, true));
    }

    @Test
    void what_arrives_leaves_the_exit_code_alone() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = StandardOutput.to(bytes, StandardCharsets.UTF_8);
        out.print("\u00fc");
        StandardOutput.bytesOf(out).write('x');
        assertThat(exitCode(0, out)).isZero();
        assertThat(exitCode(3, out)).isEqualTo(3);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\u00fcx");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_text_that_did_not_arrive_is_told_even_if_nothing_was_flushed() {
        StandardOutput out = StandardOutput.to(failing("No space left on device"), StandardCharsets.UTF_8);
        out.print("x");
        assertThat(exitCode(0, out)).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("kabar: Standard output cannot be written: No space left on device.");
    }

    @Test
    void bytes_fail_at_once_and_are_told() {
        StandardOutput out = StandardOutput.to(failing("No space left on device"), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StandardOutput.bytesOf(out).write(new byte[10]))
                .isInstanceOf(IOException.class);
        assertThat(exitCode(0, out)).isEqualTo(1);
    }

    @Test
    void a_code_that_says_more_stays() {
        StandardOutput out = StandardOutput.to(failing("x"), StandardCharsets.UTF_8);
        out.print("x");
        assertThat(exitCode(4, out)).isEqualTo(4);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void a_reader_may_leave_where_that_is_how_one_ends_and_a_full_disk_is_never_that() {
        for (String why : new String[] {"Broken pipe", "No space left on device"}) {
            StandardOutput out = StandardOutput.to(failing(why), StandardCharsets.UTF_8);
            out.readerMayLeave();
            out.print("x");
            assertThat(exitCode(0, out)).as(why).isEqualTo(why.equals("Broken pipe") ? 0 : 1);
        }
    }
}

package io.kabar.chat.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AboutTest {

    @Test
    void a_report_says_program_java_and_system() {
        String[] lines = About.lines(About.class);
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).isEqualTo("kabar " + About.version(About.class));
        assertThat(lines[1]).startsWith("Java " + Runtime.version()).contains(System.getProperty("java.vm.name"));
        assertThat(lines[2]).contains(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    @Test
    void a_version_is_that_of_the_module() {
        assertThat(About.version(String.class))
                .isEqualTo(String.class.getModule().getDescriptor().rawVersion().orElseThrow());
    }
}

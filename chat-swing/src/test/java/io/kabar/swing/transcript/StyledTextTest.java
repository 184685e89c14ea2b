package io.kabar.swing.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.swing.transcript.StyledText.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class StyledTextTest {

    private static List<String> spans(String text, Kind kind) {
        StyledText styled = StyledText.of(text);
        return styled.spans().stream()
                .filter(span -> span.kind() == kind)
                .map(span -> styled.text().substring(span.start(), span.end()))
                .toList();
    }

    @Test
    void links_end_where_people_end_them() {
        assertThat(spans("(see https://example.org/a_(b)). Or www.example.org, or http://a.b/c?d=e#f!", Kind.LINK))
                .containsExactly("https://example.org/a_(b)", "www.example.org", "http://a.b/c?d=e#f");
        assertThat(StyledText.of("www.example.org").linkAt(3)).contains("https://www.example.org");
        assertThat(spans("javascript:alert(1) file:///etc/passwd a@b.c", Kind.LINK))
                .doesNotContain("javascript:alert(1)", "a@b.c");
    }

    @Test
    void code_is_between_back_quotes_and_has_no_links() {
        assertThat(spans("run `curl http://a.b` or `x", Kind.CODE)).containsExactly("`curl http://a.b`");
        assertThat(spans("run `curl http://a.b`", Kind.LINK)).isEmpty();
    }

    @Test
    void a_block_of_code_is_shown_without_the_lines_around_it() {
        String text = "so:\n```java\nint a;\n\nint b;\n```\ndone";
        assertThat(StyledText.of(text).text()).isEqualTo("so:\nint a;\n\nint b;\ndone");
        assertThat(spans(text, Kind.CODE)).containsExactly("int a;\n\nint b;");
        assertThat(StyledText.of("```").text()).isEqualTo("```");
    }
}

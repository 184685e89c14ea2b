package io.kabar.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.daemon.control.Parameter.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlTableTest {

    @Test
    void each_command_has_a_name_of_its_own_and_help_that_fits_a_terminal() {
        Set<String> names = new HashSet<>();
        for (ControlCommand row : ControlTable.rows()) {
            assertThat(names.add(row.word())).as(row.word()).isTrue();
            assertThat(row.word()).matches("[a-z]+(-[a-z]+)*");
            assertThat(row.help()).as(row.word()).isNotBlank().doesNotEndWith(".");
            assertThat(ControlTable.find(row.word().toUpperCase(Locale.ROOT))).contains(row);
            assertThat(ControlTable.find("/" + row.word())).contains(row);
        }
        assertThat(ControlTable.help())
                .hasSameSizeAs(ControlTable.rows())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(118));
    }

    @Test
    void each_usage_can_be_understood_in_one_way_only() {
        for (ControlCommand row : ControlTable.rows()) {
            List<Parameter> parameters = row.parameters();
            assertThat(parameters).as(row.usage()).doesNotHaveDuplicates();
            assertThat(parameters.stream().map(Parameter::kind).distinct()).hasSameSizeAs(parameters);
            for (int i = 0; i < parameters.size() - 1; i++) {
                assertThat(parameters.get(i).rest()).as(row.usage()).isFalse();
                boolean tellsItself = parameters.get(i).kind() == Kind.DURATION;
                assertThat(!parameters.get(i).optional()
                                || tellsItself
                                || parameters.get(i + 1).optional())
                        .as(row.usage())
                        .isTrue();
            }
        }
    }

    private static Arguments parse(String usage, String... words) {
        return ControlCommand.of(usage, "", (host, arguments) -> {
                    throw new IllegalStateException("is not run");
                })
                .parse(List.of(words));
    }

    @Test
    void a_duration_may_be_left_out_before_a_reason() {
        String usage = "mute ROOM NAME [DURATION] [REASON...]";

        Arguments all = parse(usage, "#lobby", "ada", "2h", "too", "loud");
        assertThat(all.duration()).contains(Duration.ofHours(2));
        assertThat(all.reason()).isEqualTo("too loud");
        Arguments none = parse(usage, "lobby", "ada", "too", "loud");
        assertThat(none.given(Kind.DURATION)).isEmpty();
        assertThat(none.reason()).isEqualTo("too loud");
        assertThat(parse(usage, "lobby", "ada").reason()).isEmpty();
        assertThat(parse(usage, "lobby", "ada", "forever").given(Kind.DURATION)).contains("forever");
    }

    @Test
    void what_is_not_understood_is_said_in_a_sentence() {
        assertThatThrownBy(() -> parse("who ROOM")).hasMessage("Usage: who ROOM");
        assertThatThrownBy(() -> parse("who ROOM", "a", "b")).hasMessage("Usage: who ROOM");
        assertThatThrownBy(() -> parse("who ROOM", "@1+2")).hasMessageContaining("theirs alone");
        assertThatThrownBy(() -> parse("who ROOM", "a/b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("user NAME", "a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("mute NAME [DURATION]", "ada", "0s")).hasMessageContaining("90s, 10m");
        assertThatThrownBy(() -> parse("mute NAME [DURATION]", "ada", "99999999999999999999w"))
                .hasMessageContaining("90s, 10m");
    }

    @Test
    void a_line_is_cut_into_as_many_words_as_its_command_takes() {
        assertThat(ControlTable.words("  say  lobby  a  b ")).containsExactly("say", "lobby", "a  b");
        assertThat(ControlTable.words("rooms too many")).containsExactly("rooms too many");
        assertThat(ControlTable.words("unknown a b")).containsExactly("unknown", "a", "b");
        assertThat(ControlTable.words("  ")).isEmpty();
    }
}

package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.view.commands.Argument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserInputTest {

    @Test
    void words_are_said_as_they_are() {
        assertThat(UserInput.parse("  indented, as code is  ")).isEqualTo(new UserInput.Say("  indented, as code is"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void white_space_is_nothing(String typed) {
        assertThat(UserInput.parse(typed)).isEqualTo(new UserInput.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"QUIT", "exit", "/quit", "/QUIT", " QUIT ", "/exit", "quit", "Quit", "EXIT", "Exit", " eXiT"})
    void leaving(String typed) {
        assertThat(UserInput.parse(typed)).isEqualTo(new UserInput.Invocation(Command.QUIT, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT smoking", "quit.", "I exit", "exit\nexit"})
    void words_about_leaving_are_said(String typed) {
        assertThat(UserInput.parse(typed)).isEqualTo(new UserInput.Say(typed));
    }

    @Test
    void two_slashes_say_one() {
        assertThat(UserInput.parse("//help is a command")).isEqualTo(new UserInput.Say("/help is a command"));
    }

    @Test
    void an_unknown_command_is_never_said() {
        assertThat(UserInput.parse("/frobnicate now"))
                .isEqualTo(new UserInput.Invalid("Unknown command /frobnicate; /help lists them."));
        assertThat(UserInput.parse("/")).isEqualTo(new UserInput.Invalid("Unknown command /; /help lists them."));
        assertThat(UserInput.parse("/joi ops")).isInstanceOf(UserInput.Invalid.class);
    }

    @Test
    void names_and_aliases_in_any_case_find_the_command() {
        assertThat(UserInput.parse("/JOIN #ops 20"))
                .isEqualTo(new UserInput.Invocation(Command.JOIN, List.of("#ops", "20")));
        assertThat(UserInput.parse("/j  #ops")).isEqualTo(new UserInput.Invocation(Command.JOIN, List.of("#ops")));
    }

    @Test
    void the_last_argument_may_be_the_rest_of_the_line() {
        assertThat(UserInput.parse("/msg tam  two  words\nand a line"))
                .isEqualTo(new UserInput.Invocation(Command.MSG, List.of("tam", "two  words\nand a line")));
        assertThat(UserInput.parse("/me waves  back"))
                .isEqualTo(new UserInput.Invocation(Command.ME, List.of("waves  back")));
    }

    @Test
    void too_few_or_too_many_arguments_tell_the_usage() {
        assertThat(UserInput.parse("/msg tam")).isEqualTo(new UserInput.Invalid("Usage: /msg NAME TEXT..."));
        assertThat(UserInput.parse("/list all")).isEqualTo(new UserInput.Invalid("Usage: /list"));
        assertThat(UserInput.parse("/join a 5 b")).isEqualTo(new UserInput.Invalid("Usage: /join ROOM [N]"));
    }

    @Test
    void what_cannot_be_seen_makes_no_message_of_a_command_and_none_of_nothing() {
        for (String unseen : new String[] {
            " ",
            "\u200b",
            "\ufeff",
            "\u2060",
            "\u00a0",
            "\u3164",
            "\u034f",
            "\ufe0f",
            "\u2800",
            "\u202e",
            "\udb40\udc41",
            "\u0007"
        }) {
            String some = unseen + unseen;
            assertThat(UserInput.parse(some)).as("%s", unseen.codePointAt(0)).isEqualTo(new UserInput.Nothing());
            assertThat(UserInput.parse(some + "/msg bob secret"))
                    .isEqualTo(new UserInput.Invocation(Command.MSG, List.of("bob", "secret")));
            assertThat(UserInput.parse(unseen + "QUIT")).isEqualTo(new UserInput.Invocation(Command.QUIT, List.of()));
        }
        assertThat(UserInput.parse("a\u200bb")).isEqualTo(new UserInput.Say("a\u200bb"));
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void the_table_agrees_with_itself(Command command) {
        assertThat(command.usage()).startsWith("/" + command.word());
        assertThat(Command.find(command.word())).contains(command);
        assertThat(command.aliases())
                .allSatisfy(alias -> assertThat(Command.find(alias)).contains(command));
        assertThat(command.minArguments()).isBetween(0, command.maxArguments());
        assertThat(command.argument(0) == Argument.NONE).isEqualTo(command.maxArguments() == 0);
    }
}

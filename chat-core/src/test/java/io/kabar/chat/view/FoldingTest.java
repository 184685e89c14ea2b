package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldingTest {

    private final Scene scene = Scene.inLobby("kai");

    @Test
    void a_run_of_joins_and_leaves_is_one_line() {
        scene.joined(1, "tam");
        scene.joined(2, "lev");
        scene.left(3, "kai", "");

        assertThat(scene.last().text()).isEqualTo("tam and lev joined, kai left");
        assertThat(scene.lobby().transcript().size()).isEqualTo(2); // what entering said, and the run
    }

    @Test
    void a_view_that_prints_is_told_each_of_them() {
        scene.joined(1, "tam");
        scene.left(2, "tam", "good\u001b night");

        assertThat(scene.printed).containsExactly("tam joined", "tam left: good␛ night");
    }

    @Test
    void a_line_that_grows_keeps_its_id() {
        scene.joined(1, "tam");
        long id = scene.last().id();
        scene.joined(2, "lev");

        assertThat(scene.last().id()).isEqualTo(id);
    }

    @Test
    void anything_said_ends_a_run() {
        scene.joined(1, "tam");
        scene.said(2, "tam", "hello");
        scene.joined(3, "lev");

        assertThat(scene.texts(scene.lobby().transcript())).endsWith("tam joined", "hello", "lev joined");
    }

    @Test
    void who_comes_and_goes_is_named_once() {
        scene.joined(1, "tam");
        scene.left(2, "tam", "");
        scene.left(3, "kai", "");
        scene.joined(4, "kai");
        scene.joined(5, "lev");

        assertThat(scene.last().text()).isEqualTo("lev joined, tam joined and left, kai left and came back");
    }

    @Test
    void many_names_are_counted() {
        for (int i = 1; i <= 20; i++) {
            scene.joined(i, "u" + i);
        }
        assertThat(scene.last().text()).endsWith("u11, u12 and 8 more joined");
    }

    @Test
    void a_run_without_end_goes_on_in_a_new_line() {
        for (int i = 1; i <= Folding.MAX_MOVES + 1; i++) {
            scene.joined(i, "u" + i);
        }
        assertThat(scene.last().text()).isEqualTo("u" + (Folding.MAX_MOVES + 1) + " joined");
    }
}

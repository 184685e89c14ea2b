package io.kabar.swing.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.swing.OnScreen;
import java.util.ArrayList;
import java.util.List;
import org.assertj.swing.fixture.FrameFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectViewTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final List<ConnectRequest> requests = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private ConnectView view;
    private FrameFixture window;

    @BeforeEach
    void open() {
        view = OnScreen.inEventThread(() -> new ConnectView(requests::add, () -> cancelled.add("cancelled")));
        window = screen.show(() -> view);
    }

    @Test
    void missing_name_is_asked_for_in_the_window() {
        window.textBox("connect.server").setText("localhost");

        window.button("connect.connect").click();

        window.textBox("connect.message.text").requireText("Choose a name to be known by.");
        window.textBox("connect.name").requireFocused();
        assertThat(requests).isEmpty();
    }

    @Test
    void what_was_typed_is_what_is_asked_for() {
        window.textBox("connect.server").setText("localhost");
        window.textBox("connect.port").setText("4000");
        window.textBox("connect.name").enterText("ada");
        window.textBox("connect.password").setText("open sesame");
        window.comboBox("connect.restore").selectItem("None");

        window.textBox("connect.password").pressAndReleaseKeys(java.awt.event.KeyEvent.VK_ENTER);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.server().address()).isEqualTo("localhost:4000");
            assertThat(request.name().text()).isEqualTo("ada");
            assertThat(request.password()).isEqualTo("open sesame");
            assertThat(request.restore()).isEqualTo(RestoreChoice.NONE);
        });
    }

    @Test
    void fifty_events_are_restored_unless_something_else_is_chosen() {
        window.textBox("connect.server").setText("localhost");
        window.textBox("connect.name").setText("ada");

        window.button("connect.connect").click();

        assertThat(requests).singleElement().extracting(ConnectRequest::restore).isEqualTo(RestoreChoice.USUAL);
    }

    @Test
    void invitation_brings_its_own_port() {
        window.textBox("connect.server").setText("kabar://localhost:4000");

        window.textBox("connect.port").requireDisabled();
        window.textBox("connect.server").setText("localhost");
        window.textBox("connect.port").requireEnabled();
    }

    @Test
    void while_connecting_only_cancel_can_be_pressed() {
        OnScreen.inEventThread(() -> {
            view.busy(true);
            return null;
        });

        window.button("connect.connect").requireDisabled();
        window.button("connect.cancel").click();

        assertThat(cancelled).hasSize(1);
    }

    @Test
    void failure_is_told_in_the_window_and_what_was_typed_stays() {
        window.textBox("connect.name").setText("ada");

        OnScreen.inEventThread(() -> {
            view.failed("That name is taken.", ConnectRequest.Field.NAME);
            return null;
        });

        window.textBox("connect.message.text").requireText("That name is taken.");
        window.textBox("connect.name").requireText("ada").requireFocused();
    }
}

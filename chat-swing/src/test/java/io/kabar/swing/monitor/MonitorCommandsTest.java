package io.kabar.swing.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.server.ServerStats;
import io.kabar.daemon.Daemon;
import io.kabar.daemon.DaemonSettings;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlTable;
import io.kabar.swing.OnScreen;
import io.kabar.swing.look.Theme;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.awt.Dimension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.swing.JTable;
import org.assertj.swing.data.TableCell;
import org.assertj.swing.exception.ComponentLookupException;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.DialogFixture;
import org.assertj.swing.fixture.FrameFixture;
import org.assertj.swing.fixture.JPopupMenuFixture;
import org.assertj.swing.fixture.JTableFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What staff does in the server's window, to a server that runs behind it. */
class MonitorCommandsTest {

    private static final int SECONDS = 30;

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    @TempDir
    Path folder;

    private final Worker worker = new Worker();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Daemon started;
    private ChatClient ada;
    private FrameFixture window;

    @BeforeEach
    void open() throws Exception {
        OnScreen.inEventThread(() -> {
            ThemeControl theme = new ThemeControl(Theme.Choice.LIGHT, 100, worker, (choice, zoom) -> {});
            new MonitorWindow(theme, worker, closed::countDown).open(listener -> {
                Daemon daemon = Daemon.start(
                        DaemonSettings.standard()
                                .withData(folder.resolve("data"))
                                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                                .withAdmission(new DaemonSettings.Admission.Open()),
                        listener);
                started = daemon;
                return new Behind(daemon);
            });
            return null;
        });
        window = screen.find("monitor");
        await().untilAsserted(() -> window.label("monitor.state").requireText("● Running"));
        ada = ChatClient.builder()
                .server(daemon().server().inviteLink("127.0.0.1"))
                .name("ada")
                .connect()
                .get(SECONDS, TimeUnit.SECONDS);
        ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void finish() {
        ada.close();
        daemon().close();
        worker.finish();
    }

    private Daemon daemon() {
        return Objects.requireNonNull(started);
    }

    private record Behind(Daemon daemon) implements RunningServer {
        @Override
        public String address() {
            return "here";
        }

        @Override
        public String invitation() {
            return daemon.invitation().toString();
        }

        @Override
        public Optional<String> newPassword() {
            return Optional.empty();
        }

        @Override
        public ServerStats stats() {
            return daemon.server().stats();
        }

        @Override
        public CompletableFuture<Answer> command(List<String> words, boolean yes) {
            return daemon.control().run(words, yes);
        }

        @Override
        public void close() {
            daemon.close();
        }
    }

    private JTableFixture tableOf(String view, String first) {
        window.toggleButton("monitor.view." + view).click();
        String name = "monitor." + view.toLowerCase(Locale.ROOT);
        await().ignoreException(ComponentLookupException.class)
                .until(() -> window.table(name).target().isShowing());
        JTableFixture table = window.table(name);
        await().untilAsserted(() -> assertThat(table.contents()).isNotEmpty());
        assertThat(table.contents()[0][0]).isEqualTo(first);
        return table;
    }

    private JPopupMenuFixture menuOf(String view, String first) {
        return tableOf(view, first).showPopupMenuAt(TableCell.row(0).column(0));
    }

    private DialogFixture dialog() {
        return WindowFinder.findDialog("monitor.dialog").using(screen.robot());
    }

    private void awaitLog(String text) {
        window.toggleButton("monitor.view.Log").click();
        await().untilAsserted(() ->
                assertThat(Arrays.stream(window.list("monitor.log").contents())).anyMatch(line -> line.contains(text)));
    }

    @Test
    void somebody_is_put_out_by_the_menu_of_their_row() throws Exception {
        menuOf("People", "ada").menuItem("monitor.command.kick").click();
        DialogFixture kick = dialog();
        kick.textBox("monitor.field.NAME").requireText("ada");
        kick.comboBox("monitor.field.ROOM").requireSelection("lobby");
        kick.textBox("monitor.field.REASON").setText("too loud");
        kick.button("monitor.dialog.act").click();

        awaitLog("Put ada out of #lobby.");
        assertThat(daemon().server().room(RoomName.LOBBY).members().get(SECONDS, TimeUnit.SECONDS))
                .isEmpty();
    }

    @Test
    void a_ban_has_a_duration_and_a_refusal_is_told_in_the_dialog() {
        menuOf("People", "ada").menuItem("monitor.command.ban").click();
        DialogFixture ban = dialog();
        ban.comboBox("monitor.field.DURATION").selectItem("1d");
        ban.textBox("monitor.field.NAME").setText("nobody");
        ban.button("monitor.dialog.act").click();
        await().untilAsserted(() -> ban.textBox("monitor.dialog.message.text").requireVisible());
        ban.textBox("monitor.field.NAME").setText("ada");
        ban.button("monitor.dialog.act").click();

        awaitLog("Banned ada from #lobby for 1 day.");
    }

    @Test
    void what_cannot_be_undone_asks_before() {
        menuOf("Rooms", "lobby").menuItem("monitor.command.close").click();
        DialogFixture close = dialog();
        close.button("monitor.dialog.act").click();
        await().untilAsserted(() ->
                close.textBox("monitor.dialog.message.text").requireText("Close #lobby, where 1 person is?"));
        close.button("monitor.dialog.act").requireText("Yes").click();

        awaitLog("Closed #lobby.");
    }

    @Test
    void a_list_is_shown_in_the_dialog() {
        window.menuItem("monitor.menu.Server").click();
        window.menuItem("monitor.command.switches").click();

        DialogFixture switches = dialog();
        await().untilAsserted(() ->
                assertThat(switches.textBox("monitor.dialog.list").text()).contains("newcomers  on"));
        switches.button("monitor.dialog.cancel").click();
    }

    @Test
    void every_command_of_the_table_is_in_a_menu_or_elsewhere_in_the_window() {
        List<String> inMenus = Stream.of(Subject.values())
                .flatMap(subject -> subject.commands().stream())
                .map(command -> command.word())
                .toList();
        assertThat(inMenus).doesNotHaveDuplicates();
        assertThat(ControlTable.rows().stream().map(row -> row.word()).filter(word -> !inMenus.contains(word)))
                .containsExactlyInAnyOrder("sessions", "rooms", "link", "stats", "stop", "help");
    }

    @Test
    void it_fits_a_small_and_a_large_window() {
        for (Dimension size : List.of(new Dimension(480, 400), new Dimension(1000, 640))) {
            window.resizeTo(size);
            for (String view : List.of("Rooms", "People")) {
                JTable table = tableOf(view, view.equals("Rooms") ? "lobby" : "ada")
                        .requireNotEditable(TableCell.row(0).column(0))
                        .target();
                await().untilAsserted(() -> assertThat(OnScreen.inEventThread(() -> table.getVisibleRect()))
                        .matches(seen -> seen.height >= 5 * table.getRowHeight() && seen.width == table.getWidth()));
            }
        }
    }
}

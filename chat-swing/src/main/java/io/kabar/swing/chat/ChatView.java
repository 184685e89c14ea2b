package io.kabar.swing.chat;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.Completer;
import io.kabar.chat.view.Frontend;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.Wording;
import io.kabar.chat.view.commands.Consent;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.actions.SignOutAction;
import io.kabar.swing.actions.ToggleRoomsAction;
import io.kabar.swing.actions.ToggleRosterAction;
import io.kabar.swing.input.EmojiPicker;
import io.kabar.swing.input.InputBar;
import io.kabar.swing.look.CollapsiblePane;
import io.kabar.swing.look.Message;
import io.kabar.swing.transcript.TranscriptView;
import java.awt.BorderLayout;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.swing.Action;
import javax.swing.JButton;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;

/** One conversation with a server, drawn from its model: rooms, what was said, who is there, and the connection. */
public final class ChatView extends JPanel {

    /** Round trip, loss and who is writing go stale by themselves. */
    private static final int STATUS_EVERY_MILLIS = 1_000;

    private final ChatModel model;
    private final CommandRunner runner;
    private final RoomListView rooms;
    private final OrderForm order = new OrderForm(this::run, this::focus);
    private final Question question = new Question(this::focus);
    private final RosterView roster;
    private final TranscriptView transcript;
    private final RoomHeader header;
    private final InputBar input;
    private final FindBar find;
    private final QuickSwitch quick;
    private final MessageMenu messages;
    private final EmojiPicker emoji = new EmojiPicker(this::focus);
    private final StatusBar status;
    private final JButton dismiss = new JButton(new CancelAction(this::dismiss));
    private final Message banner;
    private final Leaving leaving;
    private final Action finding = new RunAction("Find in this room", "ctrl F", this::openFind);
    private final Action going = new RunAction("Go to \u2026", "ctrl K", this::openQuick);
    private final Runnable onSignOut;
    private final Refresh refresh = new Refresh(this::draw);
    private final Timer clockwork;
    private boolean over;
    private boolean fetching;

    /** {@code windowActions} are what can be done with the window around it, for its menu. */
    public ChatView(
            Conversation conversation,
            InstantSource clock,
            ZoneId zone,
            List<Action> windowActions,
            Runnable onSignOut) {
        super(new BorderLayout());
        this.model = conversation.model();
        this.onSignOut = onSignOut;
        setName("chat");
        runner = new CommandRunner(model, conversation.client(), SwingUtilities::invokeLater, new Commands());
        leaving = new Leaving(model, this::focus);
        roster = new RosterView(this::talkTo, new MemberMenu(model, clock, this::run, order)::of);
        quick = new QuickSwitch(model, conversation.client()::rooms, this::go, this::focus);
        find = new FindBar(model, runner, zone, this::jump, this::focus);
        rooms = new RoomListView(this::open, name -> runner.run("/join " + name));
        messages = messages(clock);
        transcript = new TranscriptView(zone, messages);
        header = new RoomHeader(() -> menu(windowActions));
        input = new InputBar(
                new Completer(model),
                model::current,
                clock,
                () -> conversation.client().info().maxMessageBytes(),
                this::say,
                () -> model.current().map(RoomModel::name).ifPresent(conversation.client()::typing),
                this::writeEmoji);
        status = new StatusBar(conversation.client()::info, clock);
        banner = banner();
        layOut();
        ChatKeys keys = new ChatKeys(new RoomSwitcher(model, this::open), transcript, rooms, roster, input);
        keys.bind(this);
        ChatKeys.bind(this, finding);
        ChatKeys.bind(this, going);
        ChatKeys.bind(this, new RunAction("Leave the room", "ctrl W", () -> run("/leave")));
        clockwork = new Timer(STATUS_EVERY_MILLIS, e -> {
            status.show(model);
            input.tellVoice();
        });
        model.observe(refresh);
        draw(Set.of(Change.values()));
        if (conversation.client().info().firstContact()) {
            banner.note(Wording.firstContact(
                    conversation.server(), conversation.client().info(), conversation.remembered()));
        }
    }

    private MessageMenu messages(InstantSource clock) {
        return new MessageMenu(
                new MessageMenu.Tools(model, clock, this::run, this::input, emoji, this::jump), this::older);
    }

    /** What can be done with a line, as things stand. */
    JPopupMenu messageMenu(TranscriptLine line, Optional<String> link) {
        return messages.menu(line, link);
    }

    private void writeEmoji() {
        emoji.open("Write an emoji", input::insert);
    }

    private void openFind() {
        find.open();
    }

    private void openQuick() {
        quick.open();
    }

    private JPopupMenu menu(List<Action> windowActions) {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("chat.menu.items");
        menu.add(going);
        menu.add(finding);
        menu.add(new ToggleRoomsAction(() -> ChatKeys.toggle(rooms)));
        menu.add(new ToggleRosterAction(() -> ChatKeys.toggle(roster)));
        menu.addSeparator();
        for (Action action : windowActions) {
            menu.add(
                    action.getValue(Action.SELECTED_KEY) == null
                            ? new JMenuItem(action)
                            : new JCheckBoxMenuItem(action));
        }
        menu.addSeparator();
        menu.add(new RunAction("Change the password", () -> run("/password")));
        menu.add(new RunAction("Where you sign in from", () -> run("/devices")));
        menu.add(new RunAction("Commands", () -> run("/help")));
        menu.addSeparator();
        JMenuItem out = new JMenuItem(new SignOutAction(this::signOut));
        out.setName("chat.signOut");
        menu.add(out);
        return menu;
    }

    private void go(Destination to) {
        if (to.complete()) {
            run(to.command());
        } else {
            input.input().setText(to.command());
        }
    }

    /** Goes to a message of the room in front, which is fetched if it is not shown. */
    private void jump(long sequence) {
        Optional<RoomModel> room = model.current();
        if (room.isPresent() && !transcript.jumpTo(sequence)) {
            var unused = runner.fetch(room.get(), sequence).thenAccept(found -> {
                transcript.show(model.transcript(), unreadMark());
                if (!transcript.jumpTo(sequence)) {
                    model.notice(TranscriptLine.Notice.Kind.INFO, "#" + sequence + " is not kept any more.");
                }
            });
        }
    }

    private OptionalLong unreadMark() {
        return model.current().map(RoomModel::firstUnread).orElse(OptionalLong.empty());
    }

    private InputBar input() {
        return input;
    }

    /** Brings the caret to where one writes. */
    public void focus() {
        input.input().requestFocusInWindow();
    }

    /** Does so at once, or asks first if that loses something that was said. */
    public void leave(Runnable leave) {
        leaving.leave(leave);
    }

    private void signOut() {
        leave(onSignOut);
    }

    @Override
    public void addNotify() {
        super.addNotify();
        clockwork.start();
    }

    @Override
    public void removeNotify() {
        clockwork.stop();
        model.unobserve(refresh);
        transcript.forget();
        super.removeNotify();
    }

    private void run(String command) {
        runner.run(command);
    }

    private void say(String text) {
        transcript.jumpToNewest();
        runner.run(text);
    }

    /** The reader is at the top: what is older comes, one page at a time. */
    private void older() {
        Optional<RoomModel> room = model.current();
        if (room.isPresent() && !fetching && model.status().connection() == ConnectionState.LIVE) {
            fetching = true;
            var unused = runner.older(room.get()).thenRun(() -> fetching = false);
        }
    }

    private void open(RoomName room) {
        // If it is refused, the list shows again which room is in front.
        var unused = runner.open(room).thenRun(() -> rooms.show(model));
    }

    private void talkTo(UserName name) {
        if (!name.equals(model.self())) {
            runner.run("/query " + name);
            focus();
        }
    }

    private void draw(Set<Change> changes) {
        if (changes.contains(Change.ROOMS)) {
            rooms.show(model);
            find.follow();
        }
        if (changes.contains(Change.ROOMS) || changes.contains(Change.ROSTER)) {
            header.show(model.current());
            roster.show(model.current());
            input.follow();
        }
        if (changes.contains(Change.ROOMS) || changes.contains(Change.TRANSCRIPT)) {
            transcript.show(model.transcript(), unreadMark());
        }
        input.tellVoice();
        status.show(model);
        leaving.refresh();
        if (!over && model.status().connection() == ConnectionState.SIGNED_OUT) {
            over = true;
            signedOut();
        }
    }

    private void signedOut() {
        input.close("You are signed out.");
        dismiss.setText("Back to connecting");
        banner.bad(lastNotice());
    }

    /** The model's last word of its own says why. */
    private String lastNotice() {
        List<TranscriptLine> lines = model.transcript().lines();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i) instanceof TranscriptLine.Notice notice
                    && notice.kind() == TranscriptLine.Notice.Kind.INFO) {
                return notice.text();
            }
        }
        return "You are signed out.";
    }

    private Message banner() {
        JPanel choices = new JPanel(new MigLayout("insets 0", "[][]"));
        dismiss.setText("Understood");
        dismiss.setName("chat.banner.dismiss");
        choices.add(dismiss);
        return new Message("chat.banner").with(choices);
    }

    private void dismiss() {
        banner.clear();
        if (over) {
            onSignOut.run();
        } else {
            focus();
        }
    }

    private void layOut() {
        // What is hidden takes no row, so that height goes to a component and not to a row.
        JPanel middle = new JPanel(new MigLayout("insets 0, gap 0, fill, wrap 1, hidemode 3", "[grow, fill]"));
        middle.add(header);
        middle.add(quick, "wmin 0");
        middle.add(find, "wmin 0");
        middle.add(banner, "wmin 0");
        middle.add(leaving.question(), "wmin 0");
        middle.add(question.message(), "wmin 0");
        middle.add(order, "wmin 0");
        middle.add(transcript, "wmin 0, hmin 0, push, grow");
        middle.add(emoji, "wmin 0");
        middle.add(input, "wmin 0");
        JPanel columns = new JPanel(
                new MigLayout("insets 0, gap 0, fill, hidemode 3", "[fill]0[grow, fill]0[fill]", "[grow, fill]"));
        // Widths and cells of their own: the column of a hidden list is empty, and nothing else moves into it.
        columns.add(rooms, "cell 0 0, width 180lp:20%:230lp, hmin 0");
        // Whatever is left, however long the topic: the lists beside it keep their width.
        columns.add(middle, "cell 1 0, width 0:0:, hmin 0");
        columns.add(roster, "cell 2 0, width 150lp:17%:210lp, hmin 0");
        addComponentListener(new CollapsiblePane(rooms, UIScale.scale(480)));
        addComponentListener(new CollapsiblePane(roster, UIScale.scale(640)));
        add(columns, BorderLayout.CENTER);
        add(status, BorderLayout.SOUTH);
    }

    /** Leaving by a command is leaving by the button. */
    private final class Commands implements Frontend {
        @Override
        public void quit() {
            signOut();
        }

        @Override
        public CompletableFuture<Consent> confirm(String asked) {
            return question.ask(asked);
        }

        @Override
        public CompletableFuture<Optional<String>> secret(String asked) {
            return question.askSecretly(asked);
        }

        @Override
        public void cleared() {
            transcript.jumpToNewest();
        }
    }
}

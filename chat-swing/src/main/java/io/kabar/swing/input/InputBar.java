package io.kabar.swing.input;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.RoomName;
import io.kabar.chat.view.Completer;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TextLength;
import io.kabar.chat.view.Voice;
import io.kabar.chat.view.words.PasteGuard;
import io.kabar.chat.view.words.Refusals;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.actions.SendAction;
import io.kabar.swing.look.ConditionalAction;
import io.kabar.swing.look.Message;
import io.kabar.swing.look.SideColumns;
import java.awt.Dimension;
import java.awt.event.KeyEvent;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Where one writes: Enter sends, Shift+Enter breaks the line, Tab completes, arrows bring back what was sent. */
public final class InputBar extends JPanel {

    /** The input grows with what is written, and scrolls beyond that. */
    private static final int MAX_LINES = 7;

    private final InputArea input = new InputArea();
    private final JButton send;
    private final InputHistory history = new InputHistory();
    private final Completion completion;
    private final WritingAids aids;
    private final JPanel question = new JPanel(new MigLayout("insets 8 12 8 12, fillx", "[grow][][]", "[center]"));
    private final JLabel asked = new JLabel();
    private final Consumer<String> onSend;
    private final Runnable onWriting;
    private final Supplier<Optional<RoomModel>> front;
    private final IntSupplier mostBytes;
    private final JLabel length = SideColumns.title("");
    private final JLabel pause = SideColumns.title("");
    private final About about = new About(this::aboutNothing);
    private final Message silence = new Message("chat.silence");
    private final InstantSource clock;
    /** What is written and not sent, by the room it is for. */
    private final Map<RoomName, Draft> drafts = new HashMap<>();

    private @Nullable RoomName room;
    private boolean restoring;

    /** What one writes is for the room that {@code front} tells, and has at most {@code mostBytes}. */
    public InputBar(
            Completer completer,
            Supplier<Optional<RoomModel>> front,
            InstantSource clock,
            IntSupplier mostBytes,
            Consumer<String> onSend,
            Runnable onWriting,
            Runnable onEmoji) {
        super(new MigLayout("insets 8 16 8 16, fillx, wrap 3, hidemode 3", "[grow, fill]8[]4[]", ""));
        this.onSend = onSend;
        this.onWriting = onWriting;
        this.front = front;
        this.clock = clock;
        this.mostBytes = mostBytes;
        completion = new Completion(input, completer);
        aids = new WritingAids(input, completer);
        SendAction sending = new SendAction(this::send);
        send = new JButton(sending);
        send.setName("chat.send");
        send.putClientProperty(FlatClientProperties.BUTTON_TYPE, null);
        setName("chat.inputBar");

        bind("send", sending, KeyEvent.VK_ENTER, 0);
        bind("break", step(() -> input.replaceSelection("\n")), KeyEvent.VK_ENTER, KeyEvent.SHIFT_DOWN_MASK);
        bind("break", null, KeyEvent.VK_ENTER, KeyEvent.ALT_DOWN_MASK);
        bind("complete", step(() -> completeOrMoveOn(1)), KeyEvent.VK_TAB, 0);
        bind("complete-back", step(() -> completeOrMoveOn(-1)), KeyEvent.VK_TAB, KeyEvent.SHIFT_DOWN_MASK);
        bindHistory();
        input.getDocument().addDocumentListener(new Written());
        add(silence, "span 3, wmin 0");
        add(question(), "span 3");
        add(about, "span 3, wmin 0");
        add(aids.suggestions(), "span 3, wmin 0");
        add(scroll(), "wmin 0");
        JButton emoji = new JButton(new RunAction("\u263A", onEmoji));
        emoji.setName("chat.emoji.open");
        emoji.setToolTipText("Emoji; :heart: is one, too");
        emoji.getAccessibleContext().setAccessibleName("Emoji");
        add(emoji, "aligny bottom, hmin 34lp");
        add(send, "aligny bottom, hmin 34lp");
        length.setName("chat.length");
        length.setVisible(false);
        add(length, "span 3");
        pause.setName("chat.pause");
        pause.putClientProperty(FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar.muted");
        pause.setVisible(false);
        add(pause, "span 3");
    }

    /** Goes to the room that is in front: each has a draft of its own, with caret and question. */
    public void follow() {
        Optional<RoomModel> next = front.get();
        tellVoice();
        RoomName name = next.map(RoomModel::name).orElse(null);
        if (Objects.equals(name, room)) {
            return;
        }
        if (room != null) {
            drafts.put(
                    room,
                    new Draft(
                            input.getText(),
                            input.getCaretPosition(),
                            input.pasted(),
                            question.isVisible(),
                            about.state()));
        }
        room = name;
        Draft draft = name == null ? null : drafts.remove(name);
        show(draft == null ? new Draft("", 0, false, false, About.State.NONE) : draft);
    }

    /**
     * Tells whoever may not speak here why, and in slow mode how long the next message waits. Commands can be typed all
     * the same, so nothing is closed; to be called again as time passes, since mutes and pauses end by themselves.
     */
    public void tellVoice() {
        if (!input.isEnabled()) {
            return; // signed out, which is told already
        }
        Optional<Voice> voice = front.get().map(RoomModel::voice);
        Optional<String> why = voice.flatMap(known -> known.silence(clock.instant()));
        if (!why.orElse("").equals(silence.sentence())) {
            why.ifPresentOrElse(silence::note, silence::clear);
        }
        input.placeholder(
                why.isPresent()
                        ? "You may only type commands here"
                        : "Message " + front.get().map(RoomModel::title).orElse("nobody: join a room first"));
        String wait = voice.filter(known -> why.isEmpty())
                .map(known -> known.pause(clock.instant()))
                .filter(left -> !left.isZero())
                .map(left -> "Slow mode: your next message is taken in " + Refusals.words(left) + ".")
                .orElse("");
        if (!wait.equals(pause.getText())) {
            pause.setText(wait);
            pause.setVisible(!wait.isEmpty());
            revalidate();
        }
    }

    private void show(Draft draft) {
        restoring = true;
        input.setText(draft.text());
        input.setCaretPosition(draft.caret());
        input.pasted(draft.pasted());
        asked.setText(PasteGuard.question(draft.text()));
        question.setVisible(draft.asks());
        about.show(draft.about());
        aids.forget();
        restoring = false;
    }

    private record Draft(String text, int caret, boolean pasted, boolean asks, About.State about) {}

    /** What is written from now on answers a message. */
    public void reply(long number, String words) {
        follow();
        aboutNothing();
        about.show(About.State.reply(number, words));
        input.requestFocusInWindow();
    }

    /** What is written from now on is what a message of one's own is to read: {@code text}, as it reads now. */
    public void edit(long number, String words, String text) {
        follow();
        aboutNothing();
        about.show(About.State.edit(number, words, input.getText()));
        input.setText(text);
        input.requestFocusInWindow();
    }

    private void aboutNothing() {
        About.State was = about.state();
        about.show(About.State.NONE);
        if (was.isEdit()) {
            input.setText(was.before());
        }
        input.requestFocusInWindow();
    }

    /** Puts something in where the caret is, as if it were typed. */
    public void insert(String text) {
        input.replaceSelection(text);
        input.requestFocusInWindow();
    }

    /** Without a connection that could come back there is nothing to write. */
    public void close(String why) {
        input.setEnabled(false);
        send.setEnabled(false);
        input.placeholder(why);
    }

    public InputArea input() {
        return input;
    }

    private void send() {
        // Whoever goes to another room and sends at once, sends what stands there.
        follow();
        String text = input.getText();
        if (text.isBlank() || !input.isEnabled()) {
            return;
        }
        if (written().isTooLong()) {
            return; // which is told below it
        }
        if (input.pasted() && !question.isVisible() && PasteGuard.asks(text)) {
            asked.setText(PasteGuard.question(text));
            question.setVisible(true);
            revalidate();
            return;
        }
        sendNow();
    }

    private void sendNow() {
        String text = input.getText();
        if (written().isTooLong()) {
            return; // made longer while the question stood
        }
        question.setVisible(false);
        history.add(text);
        input.clear();
        boolean isCommand = text.startsWith("/") && !text.startsWith("//");
        String command = isCommand ? "" : about.state().command();
        aboutNothing();
        onSend.accept(command.isEmpty() ? text : command + (text.startsWith("//") ? text.substring(1) : text));
        input.requestFocusInWindow();
    }

    private TextLength written() {
        return TextLength.of(input.getText(), mostBytes.getAsInt());
    }

    private void tellLength() {
        TextLength now = written();
        length.setText(now.words());
        length.putClientProperty(
                FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar." + (now.isTooLong() ? "bad" : "muted"));
        length.setVisible(!now.words().isEmpty());
        revalidate();
    }

    private JPanel question() {
        JButton yes = new JButton(new SendAction(this::sendNow));
        yes.setName("chat.paste.send");
        yes.setText("Send as one message");
        JButton no = new JButton(new CancelAction(this::keepWriting));
        no.setName("chat.paste.cancel");
        no.setText("Keep editing");
        asked.setName("chat.paste.question");
        question.add(asked, "wmin 0");
        question.add(yes);
        question.add(no);
        question.setVisible(false);
        bind("keep-writing", new CancelAction(this::keepWriting), KeyEvent.VK_ESCAPE, 0);
        question.setName("chat.paste");
        question.putClientProperty(FlatClientProperties.STYLE, "arc: 8; background: $Kabar.waitPaper");
        question.getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "keep");
        question.getActionMap().put("keep", new CancelAction(this::keepWriting));
        return question;
    }

    private void keepWriting() {
        if (!question.isVisible()) {
            aboutNothing();
        }
        question.setVisible(false);
        input.requestFocusInWindow();
    }

    private JScrollPane scroll() {
        JScrollPane scroll =
                new JScrollPane(
                        input,
                        ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                        ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER) {
                    @Override
                    public Dimension getPreferredSize() {
                        Dimension size = super.getPreferredSize();
                        int line = getFontMetrics(input.getFont()).getHeight();
                        int frame = getInsets().top + getInsets().bottom + input.getInsets().top * 2;
                        int wanted = input.getPreferredSize().height + getInsets().top + getInsets().bottom;
                        return new Dimension(size.width, Math.min(wanted, MAX_LINES * line + frame));
                    }

                    @Override
                    public Dimension getMinimumSize() {
                        return new Dimension(0, getPreferredSize().height);
                    }
                };
        scroll.putClientProperty(FlatClientProperties.STYLE, "arc: 10");
        input.setBorder(BorderFactory.createEmptyBorder(7, 10, 7, 10));
        return scroll;
    }

    private void bindHistory() {
        Action older = step(() -> recall(history.older(input.getText())));
        Action newer = step(() -> recall(history.newer()));
        bind("older", older, KeyEvent.VK_UP, KeyEvent.CTRL_DOWN_MASK);
        bind("newer", newer, KeyEvent.VK_DOWN, KeyEvent.CTRL_DOWN_MASK);
        // Within several lines the arrows move between lines first, as everywhere.
        Action up = input.getActionMap().get("caret-up");
        Action down = input.getActionMap().get("caret-down");
        bind("up", new ConditionalAction(input::atTop, older, up), KeyEvent.VK_UP, 0);
        bind("down", new ConditionalAction(input::atBottom, newer, down), KeyEvent.VK_DOWN, 0);
    }

    private void recall(Optional<String> text) {
        text.ifPresent(input::setText);
    }

    private void completeOrMoveOn(int by) {
        // Who has written something wants to go on writing, not to press what comes next.
        if (!completion.step(by) && input.getText().isEmpty()) {
            if (by > 0) {
                input.transferFocus();
            } else {
                input.transferFocusBackward();
            }
        }
    }

    private void bind(String name, @Nullable Action action, int key, int modifiers) {
        input.getInputMap().put(KeyStroke.getKeyStroke(key, modifiers), name);
        if (action != null) {
            input.getActionMap().put(name, action);
        }
    }

    private static Action step(Runnable body) {
        return new AbstractAction() {
            @Override
            public void actionPerformed(java.awt.event.ActionEvent event) {
                body.run();
            }
        };
    }

    /** Grows with its lines, and tells that somebody is writing; commands are nobody's business. */
    private final class Written implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent e) {
            tellLength();
            if (!restoring && !input.getText().startsWith("/")) {
                onWriting.run();
            }
        }

        @Override
        public void removeUpdate(DocumentEvent e) {
            tellLength();
        }

        @Override
        public void changedUpdate(DocumentEvent e) {}
    }
}

package io.kabar.swing.chat;

import io.kabar.chat.Amended;
import io.kabar.chat.rules.Amendable;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.chat.view.commands.MessageDeed;
import io.kabar.chat.view.words.AmendmentWording;
import io.kabar.swing.actions.CopyLinesAction;
import io.kabar.swing.actions.MemberAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.input.EmojiPicker;
import io.kabar.swing.input.InputBar;
import io.kabar.swing.transcript.MessageActions;
import java.awt.Desktop;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javax.swing.Action;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.KeyStroke;

/**
 * What is done with the messages of the room in front; each deed types its command. What is not possible is greyed in
 * the menu, and its tooltip says why.
 */
final class MessageMenu implements MessageActions {

    /** What commands are typed with, and what one chooses or writes by. */
    record Tools(
            ChatModel model,
            InstantSource clock,
            Consumer<String> run,
            Supplier<InputBar> input,
            EmojiPicker emoji,
            LongConsumer jump) {}

    private final Tools tools;
    private final Runnable onOlder;

    /** {@code onOlder} fetches what is older than what is shown. */
    MessageMenu(Tools tools, Runnable onOlder) {
        this.tools = tools;
        this.onOlder = onOlder;
    }

    @Override
    public void reply(Said message) {
        unless(message, MessageDeed.REPLY, () -> tools.input().get().reply(number(message), shortly(message)));
    }

    @Override
    public void edit(Said message) {
        unless(
                message,
                MessageDeed.EDIT,
                () -> tools.input()
                        .get()
                        .edit(
                                number(message),
                                "#" + number(message),
                                message.reading().text()));
    }

    @Override
    public void delete(Said message) {
        unless(message, MessageDeed.DELETE, () -> tools.run().accept("/delete #" + number(message)));
    }

    @Override
    public void react(Said message) {
        unless(
                message,
                MessageDeed.REACT,
                () -> tools.emoji().open("React to " + shortly(message), emoji -> react(message, emoji, false)));
    }

    @Override
    public void toggle(Said message, Amended.Reaction reaction) {
        unless(message, MessageDeed.REACT, () -> react(message, reaction.emoji(), reaction.own()));
    }

    private void react(Said message, String emoji, boolean takenBack) {
        tools.run().accept((takenBack ? "/unreact #" : "/react #") + number(message) + " " + emoji);
    }

    @Override
    public void jump(long sequence) {
        tools.jump().accept(sequence);
    }

    @Override
    public void open(String link) {
        try {
            if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(URI.create(link));
                return;
            }
        } catch (IOException | IllegalArgumentException e) {
            // the same as where there is no browser
        }
        CopyLinesAction.copy(link);
        tools.model().notice(TranscriptLine.Notice.Kind.INFO, "No browser was found here; the link is copied.");
    }

    @Override
    public void type(char letter) {
        tools.input().get().insert(String.valueOf(letter));
    }

    @Override
    public void older() {
        onOlder.run();
    }

    @Override
    public JPopupMenu menu(TranscriptLine line, Optional<String> link) {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("chat.message");
        link.ifPresent(address -> {
            menu.add(item("open", "Open the link", new RunAction("", () -> open(address))));
            menu.add(item("copy-link", "Copy the link", new RunAction("", () -> CopyLinesAction.copy(address))));
            menu.addSeparator();
        });
        if (line instanceof Said said && number(said) > 0) {
            menu.add(deed("reply", "Reply", "R", said, MessageDeed.REPLY, () -> reply(said)));
            menu.add(deed("react", "React \u2026", "EQUALS", said, MessageDeed.REACT, () -> react(said)));
            menu.add(deed("edit", "Edit", "E", said, MessageDeed.EDIT, () -> edit(said)));
            menu.add(deed("delete", "Delete \u2026", "BACK_SPACE", said, MessageDeed.DELETE, () -> delete(said)));
            menu.addSeparator();
            menu.add(item(
                    "who-saw",
                    "Who has it?",
                    new RunAction("", () -> tools.run().accept("/who-saw #" + number(said)))));
            menu.add(item(
                    "copy-number",
                    "Copy its number, #" + number(said),
                    new RunAction("", () -> CopyLinesAction.copy("#" + number(said)))));
        }
        String text = line instanceof Said said ? said.reading().text() : line.text();
        menu.add(item("copy", "Copy the text", new RunAction("", () -> CopyLinesAction.copy(text))));
        return menu;
    }

    private JMenuItem deed(String name, String text, String key, Said message, MessageDeed deed, Runnable body) {
        Optional<String> against = against(message, deed);
        JMenuItem item = item(name, text, new MemberAction(text, against, body));
        item.setAccelerator(KeyStroke.getKeyStroke(key));
        // Whoever cannot see a tooltip is read it.
        against.ifPresent(why -> item.getAccessibleContext().setAccessibleDescription(why));
        return item;
    }

    private static JMenuItem item(String name, String text, Action action) {
        JMenuItem item = new JMenuItem(action);
        item.setText(text);
        item.setName("chat.message." + name);
        return item;
    }

    private void unless(Said message, MessageDeed deed, Runnable body) {
        against(message, deed)
                .ifPresentOrElse(why -> tools.model().notice(TranscriptLine.Notice.Kind.FAILURE, why), body);
    }

    private Optional<String> against(Said message, MessageDeed deed) {
        return tools.model()
                .current()
                .flatMap(room -> deed.against(
                        room.voice().settings(),
                        amendable(room, message),
                        tools.clock().instant()))
                .map(Obstacle::sentence);
    }

    private static Amendable amendable(RoomModel room, Said message) {
        return new Amendable(
                number(message),
                true,
                true,
                message.reading().deleted(),
                message.own(),
                room.member(message.from()).map(member -> member.role()).orElse(RoomRole.GUEST),
                message.time());
    }

    private static long number(Said message) {
        return message.state().sequence();
    }

    private static String shortly(Said message) {
        return message.from() + ": "
                + AmendmentWording.shortly(message.reading().text());
    }
}

package io.kabar.swing.chat;

import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.OfSomebody;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.commands.Deed;
import io.kabar.swing.actions.MemberAction;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.Action;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;

/**
 * What can be done about somebody in the room in front; each entry types its command. What is not possible is greyed,
 * and its tooltip says why and who can help.
 */
final class MemberMenu {

    private final ChatModel model;
    private final InstantSource clock;
    private final Consumer<String> run;
    private final OrderForm form;

    MemberMenu(ChatModel model, InstantSource clock, Consumer<String> run, OrderForm form) {
        this.model = model;
        this.clock = clock;
        this.run = run;
        this.form = form;
    }

    /** The menu for a member, as things stand; empty if no room is in front. */
    Optional<JPopupMenu> of(Member member) {
        return model.current().map(room -> of(room, member));
    }

    private JPopupMenu of(RoomModel room, Member member) {
        JPopupMenu menu = new JPopupMenu(member.name().text());
        menu.setName("chat.member");
        String name = member.name().text();
        Optional<String> oneself =
                member.name().equals(model.self()) ? Optional.of("That is you.") : Optional.<String>empty();
        add(menu, "message", "Message", oneself, () -> run.accept("/query " + name));
        add(menu, "whois", "Who is this?", Optional.empty(), () -> run.accept("/whois " + name));
        if (!room.name().isDirect()) {
            menu.addSeparator();
            menu.add(roles(room, member));
            add(
                    menu,
                    "mute",
                    "Mute \u2026",
                    against(room, member, Deed.MUTE),
                    () -> form.ask("mute", true, name, room.title()));
            add(
                    menu,
                    "unmute",
                    "Let speak again",
                    against(room, member, RoomChange.unmute(member.name())),
                    () -> run.accept("/unmute " + name));
            add(
                    menu,
                    "kick",
                    "Put out \u2026",
                    against(room, member, Deed.KICK),
                    () -> form.ask("kick", false, name, room.title()));
            add(
                    menu,
                    "ban",
                    "Ban \u2026",
                    against(room, member, Deed.BAN),
                    () -> form.ask("ban", true, name, room.title()));
        }
        menu.addSeparator();
        if (model.ignored().stream()
                .anyMatch(who -> who.key().equals(member.name().key()))) {
            add(menu, "unignore", "Show what they say", oneself, () -> run.accept("/unignore " + name));
        } else {
            add(menu, "ignore", "Hide what they say", oneself, () -> run.accept("/ignore " + name));
        }
        add(menu, "block", "Block", oneself, () -> run.accept("/block " + name));
        return menu;
    }

    private JMenu roles(RoomModel room, Member member) {
        JMenu roles = new JMenu("Role");
        roles.setName("chat.member.role");
        for (RoomRole role : RoomRole.values()) {
            Optional<String> against = role == member.role()
                    ? Optional.of("That is their role.")
                    : against(room, member, RoomChange.role(member.name(), role, ""));
            roles.add(item(
                    "role." + role.word(),
                    role == RoomRole.GUEST
                            ? "None (guest)"
                            : Character.toUpperCase(role.word().charAt(0))
                                    + role.word().substring(1),
                    against,
                    () -> run.accept("/role " + member.name() + " " + role.word())));
        }
        return roles;
    }

    private Optional<String> against(RoomModel room, Member member, Deed deed) {
        return deed.against(room.voice().settings(), clock.instant(), model.self(), member)
                .map(Obstacle::sentence);
    }

    private Optional<String> against(RoomModel room, Member member, OfSomebody change) {
        UserName self = model.self();
        return Deed.against(room.voice().settings(), clock.instant(), self, member, change)
                .map(Obstacle::sentence);
    }

    private static void add(JPopupMenu menu, String name, String text, Optional<String> against, Runnable body) {
        menu.add(item(name, text, against, body));
    }

    private static JMenuItem item(String name, String text, Optional<String> against, Runnable body) {
        Action action = new MemberAction(text, against, body);
        JMenuItem item = new JMenuItem(action);
        item.setName("chat.member." + name);
        // Whoever cannot see a tooltip is read it.
        against.ifPresent(why -> item.getAccessibleContext().setAccessibleDescription(why));
        return item;
    }
}

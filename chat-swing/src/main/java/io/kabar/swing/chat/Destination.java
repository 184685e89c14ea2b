package io.kabar.swing.chat;

import io.kabar.chat.Member;
import io.kabar.chat.Name;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.Command;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.WaitingConversation;
import io.kabar.chat.view.words.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somewhere to go.
 *
 * @param name what it is called
 * @param about what else is known of it, in a few words
 * @param command what is typed to get there
 * @param complete whether that is the whole command, or more is to be typed
 */
record Destination(String name, String about, String command, boolean complete) {

    /** More than fit on a screen help nobody. */
    private static final int MOST = 60;

    /** Those with these letters in their name, first those whose name begins with them; all there is for no letters. */
    static List<Destination> find(ChatModel model, List<RoomSummary> known, String typed) {
        String wanted = Name.folded(typed.strip());
        Map<String, Destination> all = new LinkedHashMap<>();
        Stream.of(rooms(model), waiting(model), people(model), others(known), commands())
                .flatMap(each -> each)
                .forEach(each -> all.putIfAbsent(each.name(), each));
        List<Destination> found = new ArrayList<>(all.values().stream()
                .filter(each -> rank(each, wanted) < 3)
                .sorted(Comparator.comparingInt(each -> rank(each, wanted)))
                .limit(MOST)
                .toList());
        String named = typed.strip();
        String room = named.startsWith("#") ? named.substring(1) : named;
        if (!room.isEmpty() && !room.startsWith("/") && !room.contains(" ") && !all.containsKey("#" + room)) {
            found.add(new Destination("#" + room, "enter this room, or begin it", "/join " + room, true));
        }
        return found;
    }

    /** 0: the name begins so; 1: it has it; 2: what is said of it does; 3: no. */
    private static int rank(Destination each, String wanted) {
        String name = Name.folded(each.name());
        if (name.startsWith(wanted) || (name.length() > 1 && name.substring(1).startsWith(wanted))) {
            return 0;
        }
        return name.contains(wanted) ? 1 : Name.folded(each.about()).contains(wanted) ? 2 : 3;
    }

    private static Stream<Destination> rooms(ChatModel model) {
        return model.rooms().stream().map(room -> new Destination(room.title(), about(room), way(room), true));
    }

    private static String way(RoomModel room) {
        return room.name().isDirect() ? "/query " + room.title() : "/join " + room.title();
    }

    private static String about(RoomModel room) {
        return room.unread() == 0
                ? room.topic()
                : room.unread() + " unread" + (room.mentions() > 0 ? ", " + room.mentions() + " for you" : "");
    }

    private static Stream<Destination> waiting(ChatModel model) {
        return model.waiting().stream()
                .map(WaitingConversation::with)
                .map(who -> new Destination(who.text(), "has written to you", "/query " + who, true));
    }

    private static Stream<Destination> people(ChatModel model) {
        return model.rooms().stream()
                .flatMap(room -> room.roster().stream())
                .map(Member::name)
                .filter(who -> !who.equals(model.self()))
                .map(UserName::text)
                .distinct()
                .map(who -> new Destination(who, "talk to them alone", "/query " + who, true));
    }

    private static Stream<Destination> others(List<RoomSummary> known) {
        return known.stream()
                .sorted(Comparator.comparingInt(RoomSummary::members).reversed())
                .map(room -> new Destination(
                        room.name().toString(),
                        (room.members() == 1 ? "1 person" : room.members() + " people")
                                + (room.topic().isEmpty() ? "" : " · " + VisibleText.onOneLine(room.topic())),
                        "/join " + room.name(),
                        true));
    }

    private static Stream<Destination> commands() {
        return Stream.of(Command.values())
                .map(command ->
                        new Destination("/" + command.word(), command.help(), "/" + command.word() + " ", false));
    }
}

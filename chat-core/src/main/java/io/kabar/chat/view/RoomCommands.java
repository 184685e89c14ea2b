package io.kabar.chat.view;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.internal.text.ForPeople;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Commands about rooms. */
final class RoomCommands {

    /** Rooms one answer lists; the busiest are what somebody new looks for. */
    private static final int MAX_LISTED = 50;

    /** Members that are named of a room of more than this side knows: others are found by the beginning of a name. */
    private static final int MAX_NAMES = 256;

    private RoomCommands() {}

    static CompletableFuture<Void> join(CommandRunner runner, List<String> arguments) {
        return runner.context()
                .parsed(
                        () -> RoomName.of(arguments.get(0)),
                        room -> runner.context()
                                .parsed(() -> history(runner, room, arguments), history -> runner.open(room, history)));
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static JoinHistory history(CommandRunner runner, RoomName room, List<String> arguments) {
        if (arguments.size() < 2) {
            return runner.model().usualHistory(room);
        }
        try {
            return JoinHistory.last(Integer.parseInt(arguments.get(1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Usage: " + Command.JOIN.usage(), e);
        }
    }

    static CompletableFuture<Void> leave(CommandRunner runner, List<String> arguments) {
        if (arguments.isEmpty()) {
            return runner.inRoom(room -> leave(runner, room.name()));
        }
        return runner.context().parsed(() -> RoomName.of(arguments.get(0)), room -> leave(runner, room));
    }

    private static CompletableFuture<Void> leave(CommandRunner runner, RoomName room) {
        // Leaving takes another way than words do, and would overtake them: they would be refused, or lost.
        return runner.answered(room)
                .thenCompose(said ->
                        runner.context().request(() -> runner.context().client().leave(room, ""), nothing -> null));
    }

    static CompletableFuture<Void> topic(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> {
            if (!arguments.isEmpty()) {
                return runner.context().submit(() -> runner.context().client().setTopic(room.name(), arguments.get(0)));
            }
            return runner.context()
                    .answer(
                            room.topic().isEmpty()
                                    ? room.title() + " has no topic."
                                    : "Topic of " + room.title() + ": " + room.topic());
        });
    }

    static CompletableFuture<Void> names(CommandRunner runner, List<String> arguments) {
        if (arguments.isEmpty()) {
            return runner.inRoom(room -> room.inside() == room.roster().size()
                    ? runner.context().answer(Wording.members(room.title(), room.roster()))
                    : names(runner, room.name(), ""));
        } else if (arguments.size() == 1 && isBeginning(arguments.get(0))) {
            return runner.inRoom(room -> names(runner, room.name(), arguments.get(0)));
        }
        return runner.context()
                .parsed(
                        () -> RoomName.of(arguments.get(0)),
                        room -> names(runner, room, arguments.size() == 1 ? "" : arguments.get(1)));
    }

    /** A room can be called so, too; its name is meant if it is typed with its sign. */
    private static boolean isBeginning(String typed) {
        return typed.endsWith("*") && !typed.startsWith("#");
    }

    private static CompletableFuture<Void> names(CommandRunner runner, RoomName room, String typed) {
        String beginning = typed.endsWith("*") ? typed.substring(0, typed.length() - 1) : typed;
        return runner.context()
                .parsed(
                        () -> Member.Query.first(MAX_NAMES).beginningWith(beginning),
                        query -> runner.context()
                                .request(
                                        () -> runner.context().client().members(room, query),
                                        page -> Wording.members(runner.model().title(room), page, query)));
    }

    static CompletableFuture<Void> whoSaw(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> {
            OptionalLong last = MessageCommands.newest(room, true);
            if (arguments.isEmpty() && last.isEmpty()) {
                return runner.context()
                        .fail("You have said nothing here that is shown; name a message: " + Command.WHO_SAW.usage());
            }
            return runner.context()
                    .parsed(
                            () -> arguments.isEmpty() ? last.orElseThrow() : number(arguments.get(0)),
                            number -> runner.context()
                                    .request(
                                            () -> runner.context().client().whoSaw(room.name(), number),
                                            delivery -> Wording.delivery(
                                                    delivery, runner.model().self(), room.roster())));
        });
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static long number(String text) {
        try {
            return Long.parseLong(text.startsWith("#") ? text.substring(1) : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Usage: " + Command.WHO_SAW.usage(), e);
        }
    }

    static CompletableFuture<Void> list(CommandRunner runner, List<String> arguments) {
        return runner.context().request(() -> runner.context().client().rooms(), RoomCommands::listed);
    }

    private static String listed(List<RoomSummary> rooms) {
        if (rooms.isEmpty()) {
            return "There are no rooms yet.";
        }
        String lines = rooms.stream()
                .sorted(Comparator.comparingInt(RoomSummary::members).reversed().thenComparing(RoomSummary::name))
                .limit(MAX_LISTED)
                .map(Wording::room)
                .collect(Collectors.joining("\n"));
        return rooms.size() > MAX_LISTED ? lines + "\nand " + (rooms.size() - MAX_LISTED) + " more" : lines;
    }
}

package io.kabar.chat.view;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
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
            return runner.inRoom(room -> room.isRosterCut()
                    ? some(runner, room.name(), room.roster())
                    : runner.context().answer(Wording.members(room.title(), room.roster())));
        }
        return runner.context().parsed(() -> RoomName.of(arguments.get(0)), room -> {
            String title = runner.model().title(room);
            return runner.context()
                    .ask(
                            () -> runner.context().client().members(room),
                            members -> RoomState.isCut(members)
                                    ? some(runner, room, members)
                                    : runner.context().answer(Wording.members(title, members)));
        });
    }

    /** Not all members of a room were told, perhaps: these are shown, and a list of rooms has their number. */
    private static CompletableFuture<Void> some(CommandRunner runner, RoomName room, List<Member> members) {
        String title = runner.model().title(room);
        CompletableFuture<Void> unused = runner.context().answer(Wording.members(title, members));
        return runner.context()
                .request(
                        () -> runner.context()
                                .client()
                                .rooms()
                                .handle((rooms, failure) -> failure == null ? Wording.members(room, rooms) : 0),
                        all -> Wording.count(members.size(), all, title));
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

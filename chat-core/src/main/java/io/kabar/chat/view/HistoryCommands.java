package io.kabar.chat.view;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.view.commands.CommandContext;
import io.kabar.chat.view.words.AmendmentWording;
import io.kabar.chat.view.words.Excerpt;
import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Commands that look back: what is fetched takes its place among the lines, and is no news. */
final class HistoryCommands {

    /** Characters of a message in a list of what was found. */
    private static final int EXCERPT = 100;

    /** Events around one that is asked for: as many as stay on a screen where each line is printed once. */
    private static final int AROUND = 20;

    private HistoryCommands() {}

    /** A search that has not come to the end: what was searched for, and before which event to go on. */
    record Progress(String words, long before) {}

    static CompletableFuture<Void> history(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> {
            OptionalLong oldest = room.transcript().oldest();
            if (arguments.isEmpty() && oldest.isPresent() && oldest.getAsLong() == 1) {
                return runner.context().answer("You have seen " + room.title() + " from its beginning.");
            } else if (room.transcript().isFull()) {
                return runner.context().answer(Wording.full(room.transcript().capacity()));
            }
            return runner.context()
                    .parsed(
                            () -> span(arguments, oldest),
                            span -> runner.context()
                                    .request(() -> runner.context().client().history(room.name(), span), page -> {
                                        Predicate<UserName> ignored =
                                                runner.model().ignored()::contains;
                                        if (isAround(arguments)) {
                                            room.restored(page, ignored);
                                        } else {
                                            room.older(page, runner.model().now(), ignored);
                                        }
                                        return told(room, page) + target(room, arguments);
                                    }));
        });
    }

    /**
     * Fetches what is older than what is shown, without a word: for a view that was scrolled to its top. Done when
     * there are more lines, or nothing older; {@code pages} bounds how many it takes, as one of comings and goings
     * shows nothing.
     */
    static CompletableFuture<Void> older(CommandRunner runner, RoomModel room, int pages) {
        if (pages == 0 || !room.mayHaveOlder()) {
            return runner.context().done();
        }
        int lines = room.transcript().size();
        HistoryRange span = span(List.of(), room.transcript().oldest());
        return runner.context()
                .request(() -> runner.context().client().history(room.name(), span), page -> {
                    room.older(page, runner.model().now(), runner.model().ignored()::contains);
                    return null;
                })
                .thenCompose(nothing ->
                        room.transcript().size() > lines ? runner.context().done() : older(runner, room, pages - 1));
    }

    /** The message that was asked for stands in the middle of others, so it is named. */
    private static String target(RoomModel room, List<String> arguments) {
        if (!isAround(arguments)) {
            return "";
        }
        long number = Digits.parseLong(arguments.get(0).substring(1));
        OptionalInt index = room.transcript().indexOfMessage(number);
        if (index.isEmpty() || !(room.transcript().line(index.getAsInt()) instanceof TranscriptLine.Said said)) {
            return "";
        }
        return " " + arguments.get(0) + " is " + said.from()
                + AmendmentWording.shortly(said.reading().text()) + ".";
    }

    private static boolean isAround(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(0).startsWith("#");
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static HistoryRange span(List<String> arguments, OptionalLong oldest) {
        String given = arguments.isEmpty() ? String.valueOf(HistoryRange.PAGE) : arguments.get(0);
        try {
            if (isAround(arguments)) {
                return HistoryRange.around(Long.parseLong(given.substring(1)), AROUND);
            }
            int count = Integer.parseInt(given);
            return oldest.isPresent() ? HistoryRange.before(oldest.getAsLong(), count) : HistoryRange.newest(count);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Usage: " + Command.HISTORY.usage(), e);
        }
    }

    private static String told(RoomModel room, HistoryPage page) {
        if (page.events().isEmpty()) {
            return "There is nothing there; " + room.title() + " keeps "
                    + (page.firstKept() > page.lastSequence()
                            ? "nothing."
                            : "events #" + page.firstKept() + " to #" + page.lastSequence() + ".");
        }
        long from = page.events().get(0).sequence();
        long to = page.events().get(page.events().size() - 1).sequence();
        return "History of " + room.title() + ", events #" + from + " to #" + to + "."
                + (page.hasOlder() ? "" : " Nothing older is kept.");
    }

    static CompletableFuture<Void> search(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> {
            if (!arguments.isEmpty()) {
                return search(runner, room, arguments.get(0), OptionalLong.empty());
            }
            return Optional.ofNullable(runner.searches().get(room.name()))
                    .map(last -> search(runner, room, last.words(), OptionalLong.of(last.before())))
                    .orElseGet(() -> runner.context().fail("Say what to search for: " + Command.SEARCH.usage()));
        });
    }

    /** What is found, for a view that lists it; none of it becomes a line. */
    static CompletableFuture<CommandRunner.Found> find(
            CommandRunner runner, RoomModel room, String words, OptionalLong before) {
        return CommandContext.attempt(pages(runner, room, words, before))
                .handleAsync(
                        (page, failure) -> failure == null
                                ? new CommandRunner.Found(
                                        page.hits().stream()
                                                .map(SearchPage.Hit::event)
                                                .filter(event -> !event.text().isEmpty())
                                                .map(HistoryCommands::shortly)
                                                .toList(),
                                        page.more() ? OptionalLong.of(page.searchedTo()) : OptionalLong.empty(),
                                        "")
                                : new CommandRunner.Found(List.of(), OptionalLong.empty(), Refusals.sentence(failure)),
                        runner.executor());
    }

    private static Excerpt shortly(ChatEvent event) {
        return new Excerpt(event.sequence(), event.time(), event.from().text(), VisibleText.onOneLine(event.text()));
    }

    static CompletableFuture<Boolean> fetch(CommandRunner runner, RoomModel room, long sequence) {
        if (room.transcript().indexOfMessage(sequence).isPresent()) {
            return CompletableFuture.completedFuture(true);
        }
        HistoryRange around = HistoryRange.around(sequence, HistoryRange.PAGE);
        return runner.context()
                .request(() -> runner.context().client().history(room.name(), around), page -> {
                    room.restored(page, runner.model().ignored()::contains);
                    return null;
                })
                .thenApply(nothing -> room.transcript().indexOfMessage(sequence).isPresent());
    }

    private static Supplier<CompletableFuture<SearchPage>> pages(
            CommandRunner runner, RoomModel room, String words, OptionalLong before) {
        return () -> before.isPresent()
                ? runner.context().client().search(room.name(), words, before.getAsLong())
                : runner.context().client().search(room.name(), words);
    }

    private static CompletableFuture<Void> search(
            CommandRunner runner, RoomModel room, String words, OptionalLong before) {
        return runner.context().request(pages(runner, room, words, before), page -> {
            page.hits()
                    .forEach(hit -> room.restored(hit.context(), runner.model().ignored()::contains));
            runner.searches().remove(room.name());
            if (page.more()) {
                runner.searches().put(room.name(), new Progress(words, page.searchedTo()));
            }
            return found(room, words, page);
        });
    }

    private static String found(RoomModel room, String words, SearchPage page) {
        String where = "\"" + words + "\" in " + room.title();
        String more = page.more() ? "/search goes on before #" + page.searchedTo() + "." : "Nothing older is kept.";
        if (page.hits().isEmpty()) {
            return "Found no " + where + " so far. " + more;
        }
        return page.hits().stream()
                .map(hit -> excerpt(hit.event()))
                .collect(Collectors.joining("\n", "Found " + where + ", the newest first:\n", "\n" + more));
    }

    private static String excerpt(ChatEvent event) {
        String text = event.isTopic()
                ? Wording.topic(event.from(), event.text())
                : event.content().kind() > Content.TOPIC
                        ? Wording.of(event)
                        : event.text().isEmpty() ? "" : event.from() + ": " + event.text();
        String line = VisibleText.onOneLine(text);
        int end =
                line.length() <= EXCERPT ? line.length() : line.offsetByCodePoints(0, line.codePointCount(0, EXCERPT));
        return "#" + event.sequence() + " " + line.substring(0, end) + (end < line.length() ? "..." : "");
    }
}

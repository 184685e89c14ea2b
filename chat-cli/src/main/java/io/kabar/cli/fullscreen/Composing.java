package io.kabar.cli.fullscreen;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.Completer;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TextLength;
import io.kabar.cli.input.Action;
import io.kabar.cli.input.EditLine;
import io.kabar.cli.input.InputHistory;
import io.kabar.cli.screen.Writing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is being written, a line for each room, so that nothing half written goes to another one. */
final class Composing {

    private final ChatModel model;
    private final Map<RoomName, EditLine> drafts = new HashMap<>();
    private final EditLine nowhere = new EditLine();
    private final InputHistory history;
    private final Completion completion;
    private final InputSearch search;

    Composing(ChatModel model, InputHistory history) {
        this.model = model;
        this.history = history;
        completion = new Completion(new Completer(model));
        search = new InputSearch(history);
    }

    /** The line of the room in front. */
    EditLine line() {
        return model.current()
                .map(RoomModel::name)
                .map(room -> drafts.computeIfAbsent(room, none -> new EditLine()))
                .orElse(nowhere);
    }

    Completion completion() {
        return completion;
    }

    InputSearch search() {
        return search;
    }

    void type(String text) {
        completion.end();
        line().insert(text);
    }

    /** Does what changes the line, or goes through what was written; false if it is neither. */
    boolean perform(Action action) {
        switch (action) {
            case COMPLETE -> completion.step(line(), 1);
            case COMPLETE_BACK -> completion.step(line(), -1);
            case SEARCH_INPUT -> search.older();
            case OLDER_INPUT -> {
                if (!line().perform(action)) {
                    history.older(line().text()).ifPresent(line()::set);
                }
            }
            case NEWER_INPUT -> {
                if (!line().perform(action)) {
                    history.newer().ifPresent(line()::set);
                }
            }
            default -> {
                completion.end();
                return line().perform(action);
            }
        }
        return true;
    }

    /** Takes what is written, to be sent. */
    String take() {
        completion.end();
        String text = line().text();
        line().set("");
        history.add(text);
        return text;
    }

    /** What to draw; {@code mostBytes} is the longest message. */
    Writing writing(int mostBytes) {
        if (search.isOpen()) {
            String found = search.found();
            return new Writing(search.prompt(), found, found.length(), false, List.of(), "");
        }
        EditLine line = line();
        String prompt = model.current()
                .map(room -> (room.name().isDirect() ? "@" : "") + room.title())
                .orElse("");
        return new Writing(
                prompt,
                line.text(),
                line.cursor(),
                false,
                completion.shown(),
                TextLength.of(line.text(), mostBytes).words());
    }
}

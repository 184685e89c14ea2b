package io.kabar.swing.chat;

import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.words.AmendmentWording;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Tells whoever does not look that somebody has named them or written to them alone: of nothing else, and of nothing
 * that was said before they came.
 */
public final class Notifier implements ModelObserver {

    private final ChatModel model;
    private final BooleanSupplier isWanted;
    private final BiConsumer<String, String> tell;

    /**
     * A notifier.
     *
     * @param isWanted whether nobody looks at the window, and whoever does not wants to be told
     * @param tell is given a title and a text
     */
    public Notifier(ChatModel model, BooleanSupplier isWanted, BiConsumer<String, String> tell) {
        this.model = model;
        this.isWanted = isWanted;
        this.tell = tell;
    }

    @Override
    public void onLine(Transcript transcript, TranscriptLine line) {
        if (line instanceof TranscriptLine.Said said && said.mention() && !said.restored() && isWanted.getAsBoolean()) {
            String where = transcript.room().map(model::title).orElse("");
            boolean alone = transcript.room().filter(room -> room.isDirect()).isPresent();
            tell.accept(
                    alone ? said.from().text() : said.from() + " in " + where,
                    AmendmentWording.shortly(said.reading().text()));
        }
    }
}

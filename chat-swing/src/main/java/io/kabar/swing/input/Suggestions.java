package io.kabar.swing.input;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.view.Completer;
import io.kabar.chat.view.Completer.Completions;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.look.Theme;
import java.util.List;
import java.util.function.BiConsumer;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.text.JTextComponent;
import net.miginfocom.swing.MigLayout;

/**
 * What the word at the caret may become, while it is typed: for commands, rooms and names with an {@code @}. Tab takes
 * them as ever, and a press does.
 */
final class Suggestions extends JPanel {

    /** More are no help while one types. */
    private static final int MOST = 5;

    private final JTextComponent input;
    private final Completer completer;
    private final BiConsumer<Integer, String> onTake;
    private List<String> shown = List.of();

    /** {@code onTake} puts a word in place of the text from there to the caret. */
    Suggestions(JTextComponent input, Completer completer, BiConsumer<Integer, String> onTake) {
        super(new MigLayout("insets 2 4 2 4, hidemode 3", "", "[center]"));
        this.input = input;
        this.completer = completer;
        this.onTake = onTake;
        setName("chat.suggestions");
        setVisible(false);
    }

    /** Something was typed, or the caret has moved. */
    void refresh() {
        int caret = Math.min(input.getCaretPosition(), input.getText().length());
        Completions found = startsSomething(caret) ? completer.complete(input.getText(), caret) : NONE;
        List<String> next = found.candidates().stream().limit(MOST).toList();
        boolean isDone =
                next.size() == 1 && input.getText().startsWith(next.get(0).strip(), found.from());
        show(isDone ? List.of() : next, found);
    }

    private static final Completions NONE = new Completions(0, List.of());

    private boolean startsSomething(int caret) {
        String before = input.getText().substring(0, caret);
        int from = caret;
        while (from > 0 && !Character.isWhitespace(before.charAt(from - 1))) {
            from--;
        }
        String word = before.substring(from);
        boolean isCommand = from == 0 && word.startsWith("/") && !word.startsWith("//");
        return isCommand || (word.length() > 1 && (word.startsWith("@") || word.startsWith("#")));
    }

    private void show(List<String> next, Completions found) {
        if (next.equals(shown)) {
            return;
        }
        shown = next;
        removeAll();
        for (String word : next) {
            JButton button = new JButton(new RunAction(word.strip(), () -> onTake.accept(found.from(), word)));
            button.setFocusable(false);
            button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
            add(button);
        }
        if (found.candidates().size() > next.size()) {
            JLabel more = new JLabel("and " + (found.candidates().size() - next.size()) + " more: Tab");
            more.putClientProperty(FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar.muted");
            add(more);
        }
        getAccessibleContext().setAccessibleName(String.join(", ", next));
        setVisible(!next.isEmpty());
        revalidate();
        repaint();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }
}

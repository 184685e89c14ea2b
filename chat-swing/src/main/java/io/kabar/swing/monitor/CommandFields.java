package io.kabar.swing.monitor;

import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.daemon.control.ControlCommand;
import io.kabar.daemon.control.Parameter;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import net.miginfocom.swing.MigLayout;

/** A field for each thing that a command takes. */
final class CommandFields extends JPanel {

    private static final String FOREVER = "forever";

    private final ControlCommand command;
    private final Map<Kind, JComponent> fields = new LinkedHashMap<>();

    /**
     * Fields for a command.
     *
     * @param known what is selected in the window
     * @param rooms that can be chosen
     */
    CommandFields(ControlCommand command, Map<Kind, String> known, List<String> rooms) {
        super(new MigLayout("insets 0, fillx, wrap 2, hidemode 3", "[][grow, fill, 220::]"));
        this.command = command;
        setOpaque(false);
        for (Parameter parameter : command.parameters()) {
            JComponent field = field(parameter.kind(), known.getOrDefault(parameter.kind(), ""), rooms);
            field.setName("monitor.field." + parameter.kind());
            JLabel label = new JLabel(parameter.kind().label());
            label.setLabelFor(field);
            add(label);
            add(field, "wmin 0");
            fields.put(parameter.kind(), field);
        }
    }

    private static JComponent field(Kind kind, String known, List<String> rooms) {
        return switch (kind) {
            case ROOM -> choice(known, rooms, true);
            case DURATION -> choice(FOREVER, List.of(FOREVER, "10m", "1h", "1d", "7d", "30d"), true);
            case ROLE ->
                choice(
                        RoomRole.MEMBER.word(),
                        Arrays.stream(RoomRole.values()).map(RoomRole::word).toList(),
                        false);
            case MODE ->
                choice("", Arrays.stream(RoomMode.values()).map(RoomMode::word).toList(), false);
            case SWITCH -> choice("", List.of("newcomers", "new-rooms", "slow"), false);
            case VALUE -> choice("on", List.of("on", "off"), true);
            case PASSWORD -> new JPasswordField();
            default -> new JTextField(known);
        };
    }

    private static JComboBox<String> choice(String known, List<String> choices, boolean editable) {
        JComboBox<String> box = new JComboBox<>(choices.toArray(String[]::new));
        box.setEditable(editable);
        if (editable || !known.isEmpty()) {
            box.setSelectedItem(known);
        }
        return box;
    }

    /** The first field in which there is nothing yet; the first one if there is something in each. */
    void focusFirstEmpty() {
        fields.entrySet().stream()
                .filter(each -> text(each.getKey()).isEmpty())
                .findFirst()
                .or(() -> fields.entrySet().stream().findFirst())
                .ifPresent(each -> each.getValue().requestFocusInWindow());
    }

    /** The command as words; what was left empty and can be left out is not among them. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(command.word()));
        for (Parameter parameter : command.parameters()) {
            String text = text(parameter.kind());
            if (!text.isEmpty() || !parameter.optional()) {
                words.add(text);
            }
        }
        return words;
    }

    private String text(Kind kind) {
        JComponent field = fields.get(kind);
        if (field instanceof JComboBox<?> box) {
            Object typed = box.isEditable() ? box.getEditor().getItem() : box.getSelectedItem();
            return typed == null ? "" : typed.toString().strip();
        }
        if (field instanceof JPasswordField secret) {
            return new String(secret.getPassword());
        }
        return field instanceof JTextField text ? text.getText().strip() : "";
    }
}

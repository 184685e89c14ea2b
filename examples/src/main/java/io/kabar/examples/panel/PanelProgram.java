package io.kabar.examples.panel;

import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import java.awt.BorderLayout;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/** A program with a window of its own, and a chat beside what it is about. Run it with a link and a name. */
public final class PanelProgram {

    private PanelProgram() {}

    /** Shows the window. */
    public static void main(String[] args) {
        SwingUtilities.invokeLater(() -> show(InviteLink.parse(args[0]), UserName.of(args[1])));
    }

    private static void show(InviteLink link, UserName name) {
        JFrame frame = new JFrame("A game");
        frame.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
        frame.add(new JLabel("Here is the game.", JLabel.CENTER));
        // embedding: panel
        ChatPanel chat = new ChatPanel();
        frame.add(chat, BorderLayout.EAST);
        chat.connect(ChatClient.builder().server(link), name, RoomName.LOBBY);
        // embedding: end
        frame.setSize(900, 500);
        frame.setVisible(true);
    }
}

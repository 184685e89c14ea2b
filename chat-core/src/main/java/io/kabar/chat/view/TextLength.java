package io.kabar.chat.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * How long what is written is, as a server counts it, and whether that is too long: told before it is sent.
 *
 * @param bytes bytes of UTF-8 of what would be said
 * @param most as many as the server takes
 */
public record TextLength(int bytes, int most) {

    /** Of what was typed; of a command, of the words that it says. */
    public static TextLength of(String typed, int most) {
        UserInput input = UserInput.parse(typed);
        String said = "";
        if (input instanceof UserInput.Say say) {
            said = say.text();
        } else if (input instanceof UserInput.Invocation invocation
                && invocation.command().takesText()
                && invocation.arguments().size() == invocation.command().maxArguments()) {
            List<String> arguments = invocation.arguments();
            said = arguments.get(arguments.size() - 1);
        }
        return new TextLength(said.getBytes(StandardCharsets.UTF_8).length, most);
    }

    /** Whether the server would refuse it. */
    public boolean isTooLong() {
        return bytes > most;
    }

    /** What to tell of it; empty as long as there is much room left. */
    public String words() {
        if (isTooLong()) {
            return String.format(Locale.ROOT, "Too long to send: %,d of at most %,d bytes.", bytes, most);
        }
        return bytes > most - most / 4 ? String.format(Locale.ROOT, "%,d of %,d bytes", bytes, most) : "";
    }
}

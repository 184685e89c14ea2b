package io.kabar.cli.screen;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What of a chat is to be seen, as its user has arranged it.
 *
 * @param rooms whether the list of rooms is shown; null as the size of the screen says
 * @param roster whether the members are shown; null as the size of the screen says
 * @param bare whether there is nothing but the transcript and the line that is written
 * @param scroll where the transcript in front is read
 * @param chosen the line the user has chosen
 * @param hint what to say about it
 * @param writing what is written
 */
public record Shown(
        @Nullable Boolean rooms,
        @Nullable Boolean roster,
        boolean bare,
        Scroll scroll,
        OptionalLong chosen,
        String hint,
        Writing writing) {}

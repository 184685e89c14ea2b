package io.kabar.chat.view.words;

import java.time.Instant;

/**
 * A message that was found, in short. Its words are safe to show.
 *
 * @param sequence its number
 * @param from who has said it
 * @param text its beginning, on one line
 */
public record Excerpt(long sequence, Instant time, String from, String text) {}

/** What holds the lines of a transcript: {@link io.kabar.chat.view.lines.PlacedLines}. Knows nothing of the chat. */
package io.kabar.chat.view.lines;

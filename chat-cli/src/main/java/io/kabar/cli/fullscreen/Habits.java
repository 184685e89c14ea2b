package io.kabar.cli.fullscreen;

import io.kabar.cli.input.Bindings;
import io.kabar.cli.input.InputHistory;

/**
 * What a user brings along to each chat.
 *
 * @param bindings what keys do
 * @param history what they have written before
 */
public record Habits(Bindings bindings, InputHistory history) {}

/**
 * Where a person writes: open {@link io.kabar.swing.input.InputBar} first. Must not know what is shown above it.
 */
package io.kabar.swing.input;

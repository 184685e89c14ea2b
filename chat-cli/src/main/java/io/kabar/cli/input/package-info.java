/**
 * What a person does at a keyboard: {@link io.kabar.cli.input.Key keys}, the {@link io.kabar.cli.input.Action actions}
 * they are bound to, and the line that is being written. Open {@link io.kabar.cli.input.EditLine} first. Pure but for
 * the reader of keys; must not know what is drawn, nor the model.
 */
package io.kabar.cli.input;

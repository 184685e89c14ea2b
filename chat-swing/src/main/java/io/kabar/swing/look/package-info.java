/**
 * What windows are made of, in the colours of {@link io.kabar.swing.look.Theme}; open that first. Must not depend on
 * anything of the chat but its model's values.
 */
package io.kabar.swing.look;

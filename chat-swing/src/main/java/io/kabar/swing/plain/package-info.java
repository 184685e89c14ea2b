/**
 * Keeps text text: {@link io.kabar.swing.plain.PlainText} is the one place that forbids Swing to read HTML. Exported
 * because Swing makes it by its name; must not depend on anything of the chat.
 */
@org.jspecify.annotations.NullMarked
package io.kabar.swing.plain;

/** A chat as a panel of any Swing program: open {@link io.kabar.examples.panel.ChatPanel} first. */
package io.kabar.examples.panel;

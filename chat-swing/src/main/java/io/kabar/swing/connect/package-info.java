/**
 * From what a person fills in to a conversation: open {@link io.kabar.swing.connect.ConnectView} first, then
 * {@link io.kabar.swing.connect.SignIn}. Knows of the chat only the conversation that signing in ends with; must not
 * know the window.
 */
package io.kabar.swing.connect;

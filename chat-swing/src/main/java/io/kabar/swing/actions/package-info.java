/**
 * What a person can do in a window, one action a file, each with its words and its key. Actions are handed what they
 * act on; they must not know the windows.
 */
package io.kabar.swing.actions;

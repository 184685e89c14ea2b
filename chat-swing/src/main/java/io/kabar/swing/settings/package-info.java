/**
 * What the program remembers from one start to the next, and how it follows the system's light and dark: open
 * {@link io.kabar.swing.settings.Settings} first. Must not know any window.
 */
package io.kabar.swing.settings;

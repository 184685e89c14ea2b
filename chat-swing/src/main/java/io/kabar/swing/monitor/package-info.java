/**
 * {@code kabar monitor}, a server with a window: open {@link io.kabar.swing.monitor.MonitorCommand} first, then
 * {@link io.kabar.swing.monitor.MonitorWindow}. Must not know the chat's views.
 */
package io.kabar.swing.monitor;

/**
 * The desktop: open {@link io.kabar.swing.Main} first, then {@link io.kabar.swing.DesktopWindow}, which shows
 * {@code connect} and then {@code chat}; {@code monitor} stands beside them. {@code chat} is put together from
 * {@code transcript} and {@code input}, and everything is drawn with {@code look}. It knows no protocol.
 */
package io.kabar.swing;

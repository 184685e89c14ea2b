/**
 * A chat on the full screen: what keys do to it. Open {@link io.kabar.cli.fullscreen.FullScreenChat} first, then
 * {@link io.kabar.cli.fullscreen.Keyboard}. All of it is confined to the model's executor, but for who reads keys and
 * who fetches pictures.
 */
package io.kabar.cli.fullscreen;

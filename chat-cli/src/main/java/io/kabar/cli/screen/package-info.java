/**
 * The full screen as rows of cells: draws a chat's model at any size, and acts on nothing. Open
 * {@link io.kabar.cli.screen.ScreenPainter} first. Pure; must not know the keyboard's actions, nor commands.
 */
package io.kabar.cli.screen;

/**
 * The terminal a person sits at, or the pipe in its place: one {@link io.kabar.cli.terminal.Screen} with lines in and
 * lines out. Open that first. Must not know commands, nor what the lines mean.
 */
package io.kabar.cli.terminal;

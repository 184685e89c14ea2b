/**
 * The terminal: one command a file, drawn from the view model. Open {@link io.kabar.cli.Main} first, then the command
 * in question. It knows no protocol.
 */
package io.kabar.cli;

/**
 * What is printed: lines for people, coloured or not, and JSON for programs. Open
 * {@link io.kabar.cli.output.LineFormat} first. Must not know the connection, nor any command.
 */
package io.kabar.cli.output;

/**
 * The commands that scripts call, one a file: {@link io.kabar.cli.script.SendCommand} first, then the one in question.
 * Nothing here asks anybody anything. Must not know the terminal, nor the interactive client.
 */
package io.kabar.cli.script;

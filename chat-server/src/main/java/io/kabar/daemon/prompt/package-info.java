/**
 * A server's terminal: what happens is shown above a line in which commands are typed. Open
 * {@link io.kabar.daemon.prompt.ServerTerminal} first. Uses the table of commands, and must not depend on the rest of
 * the daemon.
 */
package io.kabar.daemon.prompt;

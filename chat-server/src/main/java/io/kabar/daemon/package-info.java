/**
 * The server as a program: settings, secrets, log and files around a {@code ChatServer}. Open
 * {@link io.kabar.daemon.Daemon} first; {@code Main} is the command line over it. Knows no protocol.
 */
package io.kabar.daemon;

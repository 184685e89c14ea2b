/**
 * Commands over a Unix domain socket in the data folder, one JSON object a line each way. Open
 * {@link io.kabar.daemon.socket.ControlSocket} first, which is the server's side. Uses the table of commands, and must
 * not depend on the rest of the daemon.
 */
package io.kabar.daemon.socket;

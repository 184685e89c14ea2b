/**
 * What staff can do to a running server, as a table of commands. Open {@link io.kabar.daemon.control.ControlTable}
 * first: {@code kabar ctl}, the server's prompt and the server window are all made from it. Acts through the façades of
 * {@code io.kabar.chat.server} only, and must not depend on the rest of the daemon.
 */
package io.kabar.daemon.control;

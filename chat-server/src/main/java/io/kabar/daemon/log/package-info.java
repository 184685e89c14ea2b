/**
 * The daemon's log on stderr, configured in code. Open {@link io.kabar.daemon.log.StderrLog} first. Must not depend on
 * the rest of the daemon.
 */
package io.kabar.daemon.log;

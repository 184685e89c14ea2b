/**
 * A network in memory for tests of programs that use Kabar: open {@link io.kabar.chat.testkit.TestNetwork} first. It
 * gives the façades another machine to run on, and knows nothing of the protocol.
 */
package io.kabar.chat.testkit;

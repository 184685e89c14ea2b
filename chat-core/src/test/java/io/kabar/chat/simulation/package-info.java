/**
 * Whole worlds of clients, a server and a bad network between them, in virtual time: one seed, one run. Open
 * {@link io.kabar.chat.simulation.World} first, then a test. Nothing here opens a socket or reads a clock.
 *
 * <p>A failure names its seed; {@code -Dsim.seed=17} runs that one alone and prints what happens. {@code
 * -Dsim.seeds=5000} runs more than the few of a normal build, see {@link io.kabar.chat.simulation.Seeds}.
 */
package io.kabar.chat.simulation;

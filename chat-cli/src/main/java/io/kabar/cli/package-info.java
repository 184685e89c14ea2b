/**
 * The terminal program: open {@link io.kabar.cli.Main} first, then {@link io.kabar.cli.Kabar}, which lists the
 * commands. Below it, {@code chat}, {@code script} and {@code demo} hold the commands; they are built from
 * {@code connect} and {@code output}, and these from {@code command} and {@code terminal}. It knows no protocol.
 */
package io.kabar.cli;

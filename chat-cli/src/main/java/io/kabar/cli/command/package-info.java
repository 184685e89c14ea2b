/**
 * What every command finds around it, and how it ends: {@link io.kabar.cli.command.Environment}, then
 * {@link io.kabar.cli.command.ExitCode}. Knows the terminal; must not know any command.
 */
package io.kabar.cli.command;

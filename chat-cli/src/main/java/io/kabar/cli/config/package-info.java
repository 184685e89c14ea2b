/**
 * How a user wants the terminal to be, from a file that they edit: open {@link io.kabar.cli.config.ClientConfig} first.
 * Must not know any command but its own.
 */
package io.kabar.cli.config;

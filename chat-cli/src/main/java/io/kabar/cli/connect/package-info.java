/**
 * From the arguments of a command to a client that is signed in: open {@link io.kabar.cli.connect.Connector} first.
 * Must not know any command, nor how anything is printed.
 */
package io.kabar.cli.connect;

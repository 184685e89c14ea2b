/** The daemon: configuration, files, console and metrics around a {@code ChatServer}. It knows no protocol. */
package io.kabar.daemon;

/**
 * The sans-I/O roots: datagrams and time in, datagrams and events out. Open
 * {@link io.kabar.chat.internal.endpoint.Endpoint} first. Must not know sockets, threads, clocks or loggers.
 */
package io.kabar.chat.internal.endpoint;

/**
 * The only I/O: sockets, threads and the clock. Open {@link io.kabar.chat.internal.net.UdpEventLoop} first. Must not
 * know what the endpoints it drives are about.
 */
package io.kabar.chat.internal.net;

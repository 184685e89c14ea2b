/**
 * Who may be there at all: addresses that are validated before anything is kept, and the limits that one user, one
 * address and one network are held to. Open {@link io.kabar.chat.internal.server.limits.PrefixBuckets} first. Must not
 * know rooms.
 */
package io.kabar.chat.internal.server.session;

/**
 * What one user, one address and one network may use, and how what is bounded for everybody is shared out between
 * networks. Open {@link io.kabar.chat.internal.server.limits.PrefixBuckets} first. Must not know sessions or rooms.
 */
package io.kabar.chat.internal.server.limits;

/**
 * What a session says on the lanes of its rooms: what it is too early to hear, what was refused and is refused again,
 * and what may be said at all. Open {@link io.kabar.chat.internal.server.lane.LaneWords} first. Must not know rooms and
 * who is in them.
 */
package io.kabar.chat.internal.server.lane;

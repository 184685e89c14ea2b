package io.kabar.chat;

import io.kabar.chat.rules.RoomRole;

/**
 * Somebody in a room's roster. A user who is connected from two devices is one member.
 *
 * @param name who
 * @param role what they may do
 * @param presence whether they can be expected to answer
 */
public record Member(UserName name, RoomRole role, Presence presence) {}

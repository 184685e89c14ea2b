package io.kabar.chat.rules;

import java.time.Instant;

/**
 * What is to be edited, deleted or reacted to, and how whoever wants to stands to it.
 *
 * @param number its number in the room
 * @param message whether it is a message; nothing can be done to anything else
 * @param said whether a person has said it, and not a program; nothing else can be edited
 * @param deleted whether it is deleted
 * @param own whether it is theirs
 * @param author what its author is in the room, or in every room
 * @param time when it was said
 */
public record Amendable(
        long number, boolean message, boolean said, boolean deleted, boolean own, RoomRole author, Instant time) {}

package io.kabar.chat.rules;

/**
 * Why something is not possible for somebody in a room.
 *
 * @param rule that stands against it
 * @param sentence for a person, which says the rule and who can help
 * @param helper from which role on somebody in the room can change that
 */
public record Obstacle(Rule rule, String sentence, RoomRole helper) {}

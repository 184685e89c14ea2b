package io.kabar.chat.rules;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How order is kept on a server: its roles, who begins rooms, whom to ask, and how much is too much at once. On a
 * server without limits on rates the last three do not hold.
 *
 * @param roles the server roles there are; {@code member}, {@code staff} and {@code owner} unless others are given
 * @param founders who may begin a room; anybody unless others are given
 * @param contact whom to ask who was banned or muted, in words to follow "ask": {@code whoever runs this server} unless
 *     others are given
 * @param newNamesPerMinute new names from public addresses within a minute above which the server takes nobody new for
 *     five minutes: 120; 0 for no such bound
 * @param newcomersPerRoomMinute people with accounts of less than a day, from public addresses, who enter a room within
 *     a minute and above whom it takes no more such for five minutes: 60; 0 for no such bound
 * @param repeats how often a person may say the same within a minute, in all rooms together: 5; 0 for no such bound
 * @param editWindow for how long one may edit what one has said: 24 hours; nothing is edited if it is 0
 * @param quietAt people in a room from which on it is {@linkplain RoomMode#QUIET quiet}: 256; 0 for no such bound
 */
public record OrderRules(
        ServerRoles roles,
        RoomFounders founders,
        String contact,
        int newNamesPerMinute,
        int newcomersPerRoomMinute,
        int repeats,
        Duration editWindow,
        int quietAt) {

    /** What holds unless others are given. */
    public static final OrderRules STANDARD = new OrderRules(
            ServerRoles.STANDARD,
            RoomFounders.ANYBODY,
            "whoever runs this server",
            120,
            60,
            5,
            Duration.ofHours(24),
            256);

    /** Longest contact in characters. */
    private static final int LONGEST_CONTACT = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public OrderRules {
        requireNonNull(roles, "roles");
        requireNonNull(founders, "founders");
        if (editWindow.isNegative()) {
            throw new IllegalArgumentException("What was said is edited for some time, or for none.");
        }
        if (contact.isBlank()
                || contact.length() > LONGEST_CONTACT
                || contact.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Whom to ask is said in 1 to " + LONGEST_CONTACT + " characters.");
        }
        if (newNamesPerMinute < 0 || newcomersPerRoomMinute < 0 || repeats < 0 || quietAt < 0) {
            throw new IllegalArgumentException("Bounds on floods are positive, or 0 for none.");
        }
    }

    /** The same with other roles. */
    public OrderRules withRoles(ServerRoles others) {
        return new OrderRules(
                others, founders, contact, newNamesPerMinute, newcomersPerRoomMinute, repeats, editWindow, quietAt);
    }

    /** The same with others who may begin rooms. */
    public OrderRules withFounders(RoomFounders others) {
        return new OrderRules(
                roles, others, contact, newNamesPerMinute, newcomersPerRoomMinute, repeats, editWindow, quietAt);
    }

    /** The same with somebody else to ask. */
    public OrderRules withContact(String other) {
        return new OrderRules(
                roles, founders, other, newNamesPerMinute, newcomersPerRoomMinute, repeats, editWindow, quietAt);
    }

    /** The same with other bounds on newcomers: of the server, and of each room. */
    public OrderRules withNewcomers(int namesPerMinute, int perRoomMinute) {
        return new OrderRules(roles, founders, contact, namesPerMinute, perRoomMinute, repeats, editWindow, quietAt);
    }

    /** The same with another bound on saying the same. */
    public OrderRules withRepeats(int often) {
        return new OrderRules(
                roles, founders, contact, newNamesPerMinute, newcomersPerRoomMinute, often, editWindow, quietAt);
    }

    /** The same with another time for which one may edit what one has said. */
    public OrderRules withEditWindow(Duration window) {
        return new OrderRules(
                roles, founders, contact, newNamesPerMinute, newcomersPerRoomMinute, repeats, window, quietAt);
    }

    /** The same with another number of people from which on a room is quiet. */
    public OrderRules withQuietAt(int people) {
        return new OrderRules(
                roles, founders, contact, newNamesPerMinute, newcomersPerRoomMinute, repeats, editWindow, people);
    }
}

package io.kabar.chat.internal.server.core;

/**
 * What an operator may allow to names, which are free, beside messages a second.
 *
 * @param usersPerAddress users who may do at once, from one public address, all that one may
 * @param newNamesPerAddress new names of a public address at once; then one a minute
 * @param newRoomsPerUser rooms in which a user may be the first to say something, at once; an address has twice as many
 * @param maxRooms rooms in all
 * @param storedMebibytesPerDay of events stored for one user a day
 */
public record Quotas(
        int usersPerAddress, int newNamesPerAddress, int newRoomsPerUser, int maxRooms, int storedMebibytesPerDay) {

    private static final int MEBIBYTE = 1024 * 1024;

    /** What holds if nobody says anything. */
    public static final Quotas STANDARD = new Quotas(4, 32, 64, 100_000, 32);

    /** Bytes stored for one user a day. */
    public int storedPerDay() {
        return storedMebibytesPerDay * MEBIBYTE;
    }
}

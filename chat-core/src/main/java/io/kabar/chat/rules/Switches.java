package io.kabar.chat.rules;

/**
 * What is switched off for the moment, when too much happens at once.
 *
 * @param newcomers whether nobody is let in who has no account yet
 * @param newRooms whether nobody begins a room who has no {@linkplain Capability#CREATE_ROOMS capability} for it
 * @param slowSeconds seconds between two messages of a person, everywhere; 0 if there is no such pause
 */
public record Switches(boolean newcomers, boolean newRooms, int slowSeconds) {

    /** Nothing is switched off. */
    public static final Switches NONE = new Switches(false, false, 0);

    /** The longest pause: an hour. */
    public static final int LONGEST_PAUSE = 3600;

    /**
     * Checks the pause.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public Switches {
        if (slowSeconds < 0 || slowSeconds > LONGEST_PAUSE) {
            throw new IllegalArgumentException("Slow mode is a pause of 0 to " + LONGEST_PAUSE + " seconds.");
        }
    }

    /** The same with the door for newcomers closed, or open. */
    public Switches withNewcomersOff(boolean off) {
        return new Switches(off, newRooms, slowSeconds);
    }

    /** The same with new rooms switched off, or on. */
    public Switches withNewRoomsOff(boolean off) {
        return new Switches(newcomers, off, slowSeconds);
    }

    /** The same with this pause. */
    public Switches withSlowSeconds(int seconds) {
        return new Switches(newcomers, newRooms, seconds);
    }
}

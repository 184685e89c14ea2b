package io.kabar.chat.view;

import io.kabar.chat.client.ConnectionState;

/**
 * Whether this user is connected, in the words every client shows.
 *
 * @param connection how the client stands with its server
 * @param behind events that have happened and have not arrived yet, over all rooms
 * @param queued own messages and topics that have no number yet
 */
public record Status(ConnectionState connection, long behind, int queued) {

    /** Kinds of status, for a view that gives each a mark or a colour. */
    public enum Kind {
        CONNECTING("○"),
        LIVE("●"),
        CATCHING_UP("◐"),
        SEARCHING("◌"),
        SIGNED_OUT("■");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        /** A sign of its own shape, so that colour is not needed to tell it from the others. */
        public String mark() {
            return mark;
        }
    }

    /** Which kind it is. */
    public Kind kind() {
        return switch (connection) {
            case CONNECTING -> Kind.CONNECTING;
            case LIVE -> behind > 0 ? Kind.CATCHING_UP : Kind.LIVE;
            case SEARCHING -> Kind.SEARCHING;
            case SIGNED_OUT -> Kind.SIGNED_OUT;
        };
    }

    /** {@code live}, {@code catching up 212}, {@code searching for network (3 queued)}, {@code signed out}. */
    public String words() {
        return switch (kind()) {
            case CONNECTING -> "connecting";
            case LIVE -> "live";
            case CATCHING_UP -> "catching up " + behind;
            case SEARCHING -> queued > 0 ? "searching for network (" + queued + " queued)" : "searching for network";
            case SIGNED_OUT -> "signed out";
        };
    }
}

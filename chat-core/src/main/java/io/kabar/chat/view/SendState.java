package io.kabar.chat.view;

/**
 * How far a message has come.
 *
 * @param phase where it stands
 * @param sequence its number in the room's log once it is accepted; 0 before
 * @param reason why it was not sent, in a sentence; empty unless refused
 */
public record SendState(Phase phase, long sequence, String reason) {

    /** The ways a message can stand. */
    public enum Phase {
        /** On its way, or waiting for the network or for a rate limit to pass. */
        SENDING,
        /** In the room's log, for everybody and for good. */
        ACCEPTED,
        /** Not sent, and it will not be. */
        REFUSED
    }

    /** On its way. */
    public static final SendState SENDING = new SendState(Phase.SENDING, 0, "");

    /** In the log with this number. */
    public static SendState accepted(long sequence) {
        return new SendState(Phase.ACCEPTED, sequence, "");
    }

    /** Refused, with the reason in a sentence. */
    public static SendState refused(String sentence) {
        return new SendState(Phase.REFUSED, 0, sentence);
    }

    /** A few words for beside the message: <em>sending</em>, <em>accepted #12</em>, <em>not sent: ...</em> */
    public String words() {
        return switch (phase) {
            case SENDING -> "sending";
            case ACCEPTED -> "accepted #" + sequence;
            case REFUSED -> "not sent: " + reason;
        };
    }
}

package io.kabar.chat.internal.connection.lane;

/** How urgent a {@link FrameSource} is; lanes and whatever was lost go before either. */
public enum FrameClass {
    /** In rotation with the other logs and the bulk lanes. */
    LOG,

    /** When nothing else wants to go, and first in a packet now and then. */
    SIGNAL
}

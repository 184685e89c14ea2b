package io.kabar.chat.internal.connection.lane;

/** How urgent a {@link FrameSource} is; lanes and whatever was lost go before either. */
public enum FrameClass {
    /** In rotation with the other logs and the bulk lanes. */
    LOG,

    /** Only when nothing else wants to go. */
    SIGNAL
}

package io.kabar.chat.internal.connection;

/** How urgent a {@link FrameSource} is; lanes and whatever was lost go before either. */
public enum FrameClass {
    /** In rotation with the other rooms and the bulk lanes. */
    ROOM,

    /** Only when nothing else wants to go. */
    SIGNAL
}

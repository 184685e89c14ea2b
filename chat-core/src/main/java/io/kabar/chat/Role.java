package io.kabar.chat;

/** What somebody may do on a server. */
public enum Role {
    /** Speaks and listens. */
    MEMBER,
    /** Keeps order; exempt from rate limits. */
    STAFF,
    /** Runs the server. */
    OWNER
}

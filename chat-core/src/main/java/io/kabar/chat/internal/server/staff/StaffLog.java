package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.StaffAction;

/** The log of the staff, which is a room. */
public interface StaffLog {

    /** Somebody has done something; what speaks for itself has the server as its author. */
    void write(Author by, StaffAction action);
}

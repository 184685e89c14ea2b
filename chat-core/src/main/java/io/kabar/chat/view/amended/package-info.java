/**
 * What later events have made of the messages of a room, as far as a client knows. Open
 * {@link io.kabar.chat.view.amended.RoomAmendments} first. Pure; knows no lines.
 */
package io.kabar.chat.view.amended;

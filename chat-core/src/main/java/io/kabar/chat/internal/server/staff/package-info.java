/**
 * What people and the staff do about each other on the whole server: reports, blocks, bans, mutes, switches. Open
 * {@link io.kabar.chat.internal.server.staff.StaffDesk} first. What holds is kept in {@code server.order}; here it is
 * decided who may change it, and sessions feel it.
 */
package io.kabar.chat.internal.server.staff;

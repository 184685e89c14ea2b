/**
 * What sessions ask of rooms, and what changes none: lists, who has an event, pieces of history, searches. Open
 * {@link io.kabar.chat.internal.server.query.RoomQueries} first. Rooms must not know it.
 */
package io.kabar.chat.internal.server.query;

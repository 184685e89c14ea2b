/**
 * What somebody in rooms can do and is told, whether over the network or in the server's own program: open
 * {@link io.kabar.chat.participant.Participant} first. Interfaces and nothing else.
 */
package io.kabar.chat.participant;

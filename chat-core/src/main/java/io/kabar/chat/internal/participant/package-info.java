/**
 * What every participant is, over whichever link: calls that become commands of a
 * {@link io.kabar.chat.internal.client.ClientEndpoint}, and its events that become calls of a listener. Open
 * {@link io.kabar.chat.internal.participant.EndpointParticipant} first.
 */
package io.kabar.chat.internal.participant;

/**
 * What a client has asked and was not answered yet. Begin at {@link io.kabar.chat.internal.client.calls.PendingCalls},
 * which keeps every call over connections; each kind of call says what it asks and what its answer is. Must not know
 * the packages above it, nor how answers are told.
 */
package io.kabar.chat.internal.client.calls;

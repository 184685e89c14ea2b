package io.kabar.chat.internal.server.core;

/**
 * Whom a server asks, and who may take their time.
 *
 * @param questions the host program, who may do what
 * @param lookups the account store, whose a name is
 */
public record Inquiries(Questions questions, Lookups lookups) {}

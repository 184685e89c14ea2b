/**
 * What a server asks of the program it runs in: where logs are kept ({@link io.kabar.chat.spi.Journal}) and who has
 * which name ({@link io.kabar.chat.spi.AccountStore}). Open {@code Journal} first. Must not depend on the server, so
 * that the server uses these values as they are.
 */
package io.kabar.chat.spi;

/**
 * The contract of {@link io.kabar.chat.spi.Journal} as JUnit tests. Open {@link io.kabar.journal.kit.JournalContract}
 * first. Must not depend on any journal.
 */
package io.kabar.journal.kit;

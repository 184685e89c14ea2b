/**
 * {@code kabar bench}. Open {@link io.kabar.bench.Bench} first: it is the course of a run. Must not know how a server
 * works inside; it sees one through client endpoints, and through what the operating system tells of a process.
 */
package io.kabar.bench;

/**
 * JMH benchmarks of the hot paths; {@code benchmarks/jmh} runs them. They say where to look and what an idea costs.
 * What a server costs is {@code kabar bench}'s to say.
 */
package io.kabar.chat.benchmark;

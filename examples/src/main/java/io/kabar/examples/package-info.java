/**
 * Small programs that use Kabar as anybody would, from another module. Open
 * {@link io.kabar.examples.EmbeddedServer} first. Must not know anything that is not exported.
 */
package io.kabar.examples;

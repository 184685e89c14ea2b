/**
 * {@code kabar demo}: open {@link io.kabar.cli.demo.DemoCommand} first. Knows a server and two bots; must not know the
 * client it starts beside them, which is handed in.
 */
package io.kabar.cli.demo;

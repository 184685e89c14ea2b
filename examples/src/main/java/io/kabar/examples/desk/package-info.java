/** A support desk with a bot and a database: open {@link io.kabar.examples.desk.SupportDesk} first. */
package io.kabar.examples.desk;

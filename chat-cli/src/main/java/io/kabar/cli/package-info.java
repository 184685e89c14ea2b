/** The terminal: one command a file, drawn from the view model. It knows no protocol. */
package io.kabar.cli;

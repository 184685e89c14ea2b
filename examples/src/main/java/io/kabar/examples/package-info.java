/** Examples, each short enough to read in a minute; they use exported packages only. */
package io.kabar.examples;

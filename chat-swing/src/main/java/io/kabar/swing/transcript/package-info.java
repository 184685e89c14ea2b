/**
 * What was said, drawn row by row: open {@link io.kabar.swing.transcript.TranscriptView} first, then
 * {@link io.kabar.swing.transcript.TranscriptRows}, which makes rows of lines. Must not know how anything is written.
 */
package io.kabar.swing.transcript;

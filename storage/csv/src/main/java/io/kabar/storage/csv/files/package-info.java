/**
 * Careful reading and writing of single files: whole or not at all, bounded lines, CSV cells, what stands behind an
 * exception. Open {@link io.kabar.storage.csv.files.AtomicFile} first. Must not know what a file is for.
 */
package io.kabar.storage.csv.files;

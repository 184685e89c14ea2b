/**
 * What lies in a data folder under which name, in which format, and what the operator is told about it. Open
 * {@link io.kabar.storage.csv.layout.FolderParts} first. Must not depend on what reads and writes rooms or accounts.
 */
package io.kabar.storage.csv.layout;

/**
 * What a client keeps between two starts, and where: open {@link io.kabar.chat.view.files.ReadMarkers} first. The
 * models of {@code io.kabar.chat.view} know nothing of it.
 */
package io.kabar.chat.view.files;

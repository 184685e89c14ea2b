/**
 * What servers and clients do alike with files of their own. Open {@link io.kabar.chat.internal.files.OwnerOnly} first.
 * Depends on nothing of Kabar.
 */
package io.kabar.chat.internal.files;

/**
 * What servers and clients do alike with files of their own. Open {@link io.kabar.chat.internal.files.EditedText}
 * first. Depends on nothing of Kabar.
 */
package io.kabar.chat.internal.files;

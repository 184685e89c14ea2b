/**
 * What people read, whatever client shows it: text that is safe to show, and sentences for what was refused and for
 * what has changed. Open {@link io.kabar.chat.view.words.VisibleText} first. Pure; must not know what a client shows
 * it in.
 */
package io.kabar.chat.view.words;

/**
 * What a program finds around it: standard input and output, a home folder, a locale. Open
 * {@link io.kabar.chat.internal.process.StandardOutput} first. Depends on nothing of Kabar but its text; for the
 * programs only, never for the protocol.
 */
package io.kabar.chat.internal.process;

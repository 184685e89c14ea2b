/**
 * What every client shows, without saying how: open {@link io.kabar.chat.view.ChatModel} first, then
 * {@link io.kabar.chat.view.CommandRunner}. Must not depend on a terminal, a toolkit, files, threads or the network; a
 * view observes the model and draws.
 */
package io.kabar.chat.view;

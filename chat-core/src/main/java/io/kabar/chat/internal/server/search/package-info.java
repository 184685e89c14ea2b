/**
 * What is found by which words, and looking for it apart from the loop. Open
 * {@link io.kabar.chat.internal.server.search.SearchWords} first. Must not know rooms nor who searches.
 */
package io.kabar.chat.internal.server.search;

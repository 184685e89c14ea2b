package io.kabar.chat.view;

/** A search that has not come to the end: what was searched for, and before which event to go on. */
record SearchProgress(String words, long before) {}

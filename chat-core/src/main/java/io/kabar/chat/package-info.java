/** The model: names, events and refusals that server, client and view share. It depends on nothing else of Kabar. */
package io.kabar.chat;

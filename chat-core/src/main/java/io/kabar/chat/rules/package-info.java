/**
 * Who may do what. Open {@link io.kabar.chat.rules.ServerRole} first. Depends on the values of {@code io.kabar.chat}
 * only.
 */
package io.kabar.chat.rules;

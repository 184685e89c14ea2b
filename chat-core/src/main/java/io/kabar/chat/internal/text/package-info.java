/**
 * Text that programs write and read back, the same on every machine. Open {@link io.kabar.chat.internal.text.Digits}
 * first. Depends on nothing.
 */
package io.kabar.chat.internal.text;

package io.kabar.chat.internal.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is annotated puts a regular expression to a text that whoever runs the program, or made it, has written, and to
 * no other. The build forbids regular expressions everywhere else: over a text made for it one may take longer than
 * anybody waits. {@link Parts} does what is needed.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
@Retention(RetentionPolicy.CLASS)
public @interface OwnText {
    /** Whose text it is. */
    String value();
}

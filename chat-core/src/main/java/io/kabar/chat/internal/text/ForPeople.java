package io.kabar.chat.internal.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is annotated deals with text that only people see or type, so it may go by this machine's locale, time zone,
 * charset or digits, which the build forbids everywhere else: no program reads such a text back.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
@Retention(RetentionPolicy.CLASS)
public @interface ForPeople {
    /** Why it goes by the machine. */
    String value();
}

package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Author;
import io.kabar.chat.Sanction;
import io.kabar.chat.rules.Switches;
import java.util.List;

/** What a server answers to an {@link OrderQuery}, or a piece of it. */
public sealed interface OrderAnswer extends Answer {

    /** It is done. */
    record Done() implements OrderAnswer {}

    /** Who somebody is. */
    record Whois(io.kabar.chat.Whois whois) implements OrderAnswer {}

    /** Some people. */
    record People(List<Author> people) implements OrderAnswer {}

    /** Some bans or mutes. */
    record Sanctions(List<Sanction> sanctions) implements OrderAnswer {}

    /** How the switches are. */
    record Switched(Switches switches) implements OrderAnswer {}
}

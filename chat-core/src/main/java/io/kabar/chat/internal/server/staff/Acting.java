package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.order.Denial;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.rules.Switches;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who wants something done or told, and hears what became of it: a session, or the host program. */
interface Acting extends Records.Stored {

    /** Who it is. */
    Author author();

    /** What they are on the server. */
    ServerRole role();

    /** Whether an answer is of any use still. */
    boolean isWaiting();

    /** Goes on for them: a defect that shows is theirs alone. */
    void serve(Runnable step);

    /** That was done. */
    @Override
    void done();

    void tell(Whois whois);

    void tell(Switches switches);

    void tellSanctions(List<Sanction> sanctions);

    void tellPeople(List<Author> people);

    void refuse(Refusal refusal, String sentence);

    default void refuse(Denial denial) {
        refuse(denial.refusal(), denial.sentence());
    }

    /** Whether they may not do this; then they are told what it takes. */
    default boolean mayNot(Capability capability, Order order) {
        boolean may = role().allows(capability);
        if (!may) {
            refuse(Refusal.NOT_ALLOWED, order.lacks(capability));
        }
        return !may;
    }

    /** It holds, and is forgotten when the server stops. */
    @Override
    default void failed(Refusal reason) {
        refuse(Refusal.STORAGE, "That holds until the server stops: " + why(reason));
    }

    /** Why something is not stored, as half a sentence. */
    static String why(Refusal reason) {
        return reason == Refusal.BUSY ? "it keeps as many such things as it may." : "it could not be stored.";
    }

    /** Whether this is somebody by their account. */
    default boolean is(@Nullable Author other) {
        return other != null && author().account() != 0 && other.account() == author().account();
    }
}

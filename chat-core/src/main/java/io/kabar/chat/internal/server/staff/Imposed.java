package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.rules.ServerRole;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** What somebody has imposed: it is ended, or replaced, by themselves and by who may as much as they may now. */
final class Imposed {

    private final Persons persons;

    Imposed(Persons persons) {
        this.persons = persons;
    }

    /**
     * Changes what holds, now or when it is known who has imposed it, or refuses.
     *
     * @param present what would be ended; asked again before {@code then} runs, as somebody may be looked up
     */
    void change(Acting acting, Supplier<List<Sanction>> present, Runnable then) {
        List<Sanction> judged = present.get();
        judge(acting, new ArrayDeque<>(judged), () -> {
            if (present.get().equals(judged)) {
                then.run();
            } else {
                change(acting, present, then);
            }
        });
    }

    private void judge(Acting acting, Queue<Sanction> left, Runnable then) {
        Sanction next = left.poll();
        if (next == null) {
            then.run();
        } else if (acting.is(next.by())) {
            judge(acting, left, then);
        } else {
            persons.role(acting, next.by(), role -> {
                if (acting.role().isAtLeast(role)) {
                    judge(acting, left, then);
                } else {
                    acting.refuse(Refusal.NOT_ALLOWED, sentence(next.by(), role));
                }
            });
        }
    }

    private static String sentence(Author by, ServerRole role) {
        return by.account() == 0
                ? "The server itself has imposed that; only who may as much as an owner of it can change it."
                : by + ", who is " + role.name()
                        + " of this server, has imposed that; only who may as much can change it.";
    }
}

package io.kabar.chat.view;

import io.kabar.chat.participant.StaffCalls;
import io.kabar.chat.rules.Switches;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does everything at once, and keeps what it was asked: the name of the method and its arguments. */
final class RecordedStaff {

    private RecordedStaff() {}

    static StaffCalls in(List<String> asked) {
        return (StaffCalls) Proxy.newProxyInstance(
                RecordedStaff.class.getClassLoader(), new Class<?>[] {StaffCalls.class}, (proxy, method, arguments) -> {
                    StringBuilder words = new StringBuilder(method.getName());
                    Arrays.asList(arguments == null ? new Object[0] : arguments)
                            .forEach(each -> words.append(' ').append(each));
                    asked.add(words.toString());
                    return CompletableFuture.completedFuture(
                            switch (method.getName()) {
                                case "bans", "mutes" -> List.of();
                                case "switches" -> Switches.NONE;
                                default -> null;
                            });
                });
    }
}

package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.Records.Stored;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ban that is stored in parts, that of the account and those of its addresses: one answer when all are answered. */
final class StoredParts {

    private final Acting acting;
    private int left;
    private @Nullable Refusal account;
    private @Nullable Refusal address;

    /** So many addresses are banned with the account. */
    StoredParts(Acting acting, int addresses) {
        this.acting = acting;
        left = addresses + 1;
    }

    /** The part of the account. */
    Stored ofAccount() {
        return part(reason -> account = reason);
    }

    /** The part of one address. */
    Stored ofAddress() {
        return part(reason -> address = reason);
    }

    private Stored part(Consumer<Refusal> failure) {
        return new Stored() {
            @Override
            public void done() {
                oneIsAnswered();
            }

            @Override
            public void failed(Refusal reason) {
                failure.accept(reason);
                oneIsAnswered();
            }
        };
    }

    private void oneIsAnswered() {
        left--;
        if (left > 0) {
            return;
        }
        Refusal ofAccount = account;
        Refusal ofAddress = address;
        if (ofAccount != null) {
            acting.failed(ofAccount);
        } else if (ofAddress != null) {
            acting.refuse(
                    Refusal.STORAGE,
                    "The ban is stored; that of the address holds until the server stops: " + Acting.why(ofAddress));
        } else {
            acting.done();
        }
    }
}

package io.kabar.chat.server;

import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Device;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** What the endpoint asks of the account store: off the loop, since a store may wait for a disk. */
final class AccountCalls {

    /**
     * Calls of the account store at a time. They wait for a disk, and a store may write those together that come
     * together.
     */
    private static final int AT_A_TIME = 32;

    private final ServerEndpoint endpoint;
    private final AccountStore store;
    private final ListenerCalls listener;
    private final Consumer<LongConsumer> loop;
    private final InstantSource clock;
    private final WorkPool pool;

    /**
     * Nothing is asked yet.
     *
     * @param loop runs what it is given on the loop's thread, with the loop's time
     */
    AccountCalls(
            ServerEndpoint endpoint,
            AccountStore store,
            Machine machine,
            ListenerCalls listener,
            Consumer<LongConsumer> loop) {
        this.endpoint = endpoint;
        this.store = store;
        this.listener = listener;
        this.loop = loop;
        clock = machine.clock();
        pool = machine.pool("kabar-server-accounts", AT_A_TIME);
    }

    /** Asks the store if that is what the event is for; false if not. */
    boolean takes(ServerEvent event) {
        if (event instanceof ServerEvent.FindAccount e) {
            pool.execute(() -> find(e.callId(), () -> store.find(e.name())));
        } else if (event instanceof ServerEvent.FindNumber e) {
            pool.execute(() -> find(e.callId(), () -> store.find(e.account())));
        } else if (event instanceof ServerEvent.Register e) {
            pool.execute(() -> register(e));
        } else if (event instanceof ServerEvent.ChangeAccount e) {
            pool.execute(() -> change(e));
        } else if (event instanceof ServerEvent.DrawGuest e) {
            pool.execute(() -> drawGuest(e));
        } else if (event instanceof ServerEvent.DeviceSeen e) {
            pool.execute(() -> seen(e));
        } else {
            return false;
        }
        return true;
    }

    private void find(long callId, Supplier<Optional<Account>> question) {
        try {
            Account found = question.get().orElse(null);
            loop.accept(now -> endpoint.handleAccount(callId, found, now));
        } catch (Throwable e) {
            failed(callId, e);
        }
    }

    private void register(ServerEvent.Register event) {
        Account wanted = event.account();
        try {
            Account owner =
                    store.register(wanted).or(() -> ownerIfSameDevice(wanted)).orElse(null);
            loop.accept(now -> endpoint.handleRegistered(event.callId(), owner, now));
        } catch (Throwable e) {
            failed(event.callId(), e);
        }
    }

    /** One device that signs in twice at once registers once; the second finds its own account. */
    private Optional<Account> ownerIfSameDevice(Account wanted) {
        Optional<String> claim = wanted.device(Device.FIRST).map(Device::claim);
        return store.find(wanted.name())
                .filter(owner -> claim.isPresent()
                        && owner.device(Device.FIRST)
                                .filter(Device::isGood)
                                .map(Device::claim)
                                .equals(claim));
    }

    private void change(ServerEvent.ChangeAccount event) {
        try {
            Account changed = store.change(event.account(), event.change()).orElse(null);
            loop.accept(now -> endpoint.handleChanged(event.callId(), changed, now));
        } catch (Throwable e) {
            failed(event.callId(), e);
        }
    }

    private void drawGuest(ServerEvent.DrawGuest event) {
        try {
            long number = store.drawId();
            while (store.find(ServerEndpoint.guestName(number)).isPresent()) {
                number = store.drawId(); // somebody has that name from the time when nobody was a guest
            }
            long drawn = number;
            loop.accept(now -> endpoint.handleGuest(event.callId(), drawn, now));
        } catch (Throwable e) {
            failed(event.callId(), e);
        }
    }

    private void seen(ServerEvent.DeviceSeen event) {
        try {
            store.seen(event.account(), event.device(), event.label(), clock.instant());
        } catch (Throwable e) {
            listener.failed("The account store", e);
        }
    }

    private void failed(long callId, Throwable e) {
        listener.failed("The account store", e);
        loop.accept(now -> endpoint.handleAccountFailure(callId, now));
    }

    /** Nothing is asked any more. */
    void close() {
        pool.close();
    }
}

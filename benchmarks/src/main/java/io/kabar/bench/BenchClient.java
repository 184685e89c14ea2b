package io.kabar.bench;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.client.login.ClientSettings;
import java.nio.channels.DatagramChannel;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One session: an endpoint with its socket, and what it has read. Owned by the {@link Fleet}'s thread. */
final class BenchClient {

    /** Events after which the endpoint is told that they were taken, as a real client does. */
    private static final int CONSUMED_STEP = 64;

    final ClientEndpoint endpoint;
    final DatagramChannel channel;
    /** When the fleet looks at this client's timers next. */
    long wakeAt = Long.MAX_VALUE;

    private final RoomName room;
    private final RoomTraffic.Reader reader;
    private final Tally tally;
    private @Nullable String failure;

    BenchClient(
            ClientSettings settings,
            DatagramChannel channel,
            RoomName room,
            RoomTraffic.Reader reader,
            Tally tally,
            RandomGenerator random,
            long now) {
        this.channel = channel;
        this.room = room;
        this.reader = reader;
        this.tally = tally;
        endpoint = new ClientEndpoint(settings, random, now);
    }

    /** Why this client is of no more use; null while it is. */
    @Nullable
    String failure() {
        return failure;
    }

    long lost() {
        return reader.lost();
    }

    void join(long now) {
        endpoint.join(1, room, JoinHistory.NONE, now);
    }

    void say(String text, long now) {
        endpoint.say(2, room, Saying.TEXT, text, now);
    }

    /** Takes in what the endpoint has to tell. */
    void drainEvents(long now) {
        ClientEvent event;
        while ((event = endpoint.pollEvent()) != null) {
            if (event instanceof ClientEvent.Event e) {
                onEvent(e.event(), now);
            } else if (event instanceof ClientEvent.SignedIn) {
                tally.signedIn++;
            } else if (event instanceof ClientEvent.Entered) {
                tally.inside++;
            } else if (event instanceof ClientEvent.Failed e) {
                failure = e.sentence();
            } else if (event instanceof ClientEvent.LeftRoom) {
                failure = "The server put a session out of its room.";
            } else if (event instanceof ClientEvent.Closed e) {
                failure = e.sentence();
            }
        }
    }

    private void onEvent(ChatEvent event, long now) {
        long sequence = event.sequence();
        reader.onEvent(sequence, tally);
        if (event.isSaid()) {
            reader.onMessage(event.text(), sequence, now, tally);
        }
        if (sequence % CONSUMED_STEP == 0) {
            endpoint.consumed(room, sequence, now);
        }
    }
}

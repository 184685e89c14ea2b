package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A client on the {@link EndpointRig}, with all it was told. */
public final class TestClient {

    public final ClientEndpoint endpoint;
    public final List<ClientEvent> told = new ArrayList<>();
    public final ArrayDeque<SlowWork> heldWork = new ArrayDeque<>();
    public InetSocketAddress from;
    /** Whether its datagrams arrive, and whether those to it do. */
    public boolean speaks = true;

    public boolean hears = true;
    /** Whether of those it hears more than the handshake. */
    public boolean hearsPackets = true;

    public boolean holdWork;
    private final EndpointRig rig;
    private final byte[] out = new byte[1500];
    private long tickets;

    public TestClient(EndpointRig rig, ClientEndpoint endpoint, InetSocketAddress from) {
        this.rig = rig;
        this.endpoint = endpoint;
        this.from = from;
    }

    public boolean hears(byte[] datagram) {
        return hears && (hearsPackets || !PacketCodec.isProtected(datagram[0]));
    }

    public long join(RoomName room, JoinHistory history) {
        endpoint.join(++tickets, room, history, rig.now);
        return tickets;
    }

    public long say(RoomName room, String text) {
        endpoint.say(++tickets, room, Saying.TEXT, text, rig.now);
        return tickets;
    }

    public long answer(RoomName room, long ref, String text) {
        endpoint.answer(++tickets, room, ref, Saying.TEXT, text, rig.now);
        return tickets;
    }

    public long amend(RoomName room, long ref, Content content) {
        endpoint.amend(++tickets, room, ref, content, rig.now);
        return tickets;
    }

    public long change(RoomName room, Content content) {
        endpoint.change(++tickets, room, content, rig.now);
        return tickets;
    }

    public long say(RoomName room, String text, MessageId id) {
        endpoint.say(++tickets, room, Saying.TEXT, text, id, rig.now);
        return tickets;
    }

    /** The number a message of this client was given; 0 if it was not accepted. */
    public long numberOf(long ticket) {
        return of(ClientEvent.Accepted.class).stream()
                .filter(accepted -> accepted.callId() == ticket)
                .mapToLong(accepted -> accepted.receipt().sequence())
                .findFirst()
                .orElse(0);
    }

    public long read(RoomName room, HistoryRange span) {
        endpoint.readHistory(++tickets, room, span, rig.now);
        return tickets;
    }

    public long search(RoomName room, String words, long before) {
        endpoint.search(++tickets, room, words, before, rig.now);
        return tickets;
    }

    public long whoSaw(RoomName room, long seq) {
        endpoint.whoSaw(++tickets, room, seq, rig.now);
        return tickets;
    }

    public Delivery delivery(long ticket) {
        return only(of(ClientEvent.Delivered.class).stream()
                .filter(result -> result.callId() == ticket)
                .map(ClientEvent.Delivered::delivery)
                .toList());
    }

    public HistoryPage page(long ticket) {
        return only(of(ClientEvent.HistoryResult.class).stream()
                .filter(result -> result.callId() == ticket)
                .map(ClientEvent.HistoryResult::page)
                .toList());
    }

    public SearchPage found(long ticket) {
        return only(of(ClientEvent.SearchResult.class).stream()
                .filter(result -> result.callId() == ticket)
                .map(ClientEvent.SearchResult::page)
                .toList());
    }

    public Refusal refusal(long ticket) {
        return only(of(ClientEvent.Failed.class).stream()
                .filter(failed -> failed.callId() == ticket)
                .map(ClientEvent.Failed::refusal)
                .toList());
    }

    private static <T> T only(List<T> answers) {
        if (answers.size() != 1) {
            throw new AssertionError(answers.size() + " answers: " + answers);
        }
        return answers.get(0);
    }

    public long leave(RoomName room) {
        return leave(room, "");
    }

    public long leave(RoomName room, String reason) {
        endpoint.leave(++tickets, room, reason, rig.now);
        return tickets;
    }

    /** Says on the control lane what no honest client says. */
    public void smuggle(ClientMessage message) {
        smuggle(0, message);
    }

    /** The same on a lane. */
    public void smuggle(int lane, ClientMessage message) {
        Objects.requireNonNull(endpoint.connection()).lane(lane).offer(ClientMessageCodec.encode(message));
    }

    public boolean drain() {
        boolean busy = false;
        ClientEvent event;
        while ((event = endpoint.pollEvent()) != null) {
            busy = true;
            told.add(event);
            if (event instanceof ClientEvent.Work work) {
                if (holdWork) {
                    heldWork.add(work.work());
                } else {
                    work.work().run();
                    endpoint.handleWork(work.work(), rig.now);
                }
            } else if (event instanceof ClientEvent.Event e && e.event().sequence() % 64 == 0) {
                endpoint.consumed(e.event().room(), e.event().sequence(), rig.now);
            }
        }
        for (int length = endpoint.pollTransmit(out, rig.now);
                length > 0;
                length = endpoint.pollTransmit(out, rig.now)) {
            busy = true;
            if (speaks) {
                rig.server.handleDatagram(from, Arrays.copyOf(out, length), length, rig.now);
            }
        }
        return busy;
    }

    public <E extends ClientEvent> List<E> of(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The events of a room as they were told, in short. */
    public List<String> events(RoomName room) {
        return of(ClientEvent.Event.class).stream()
                .map(ClientEvent.Event::event)
                .filter(event -> event.room().equals(room))
                .map(TestClient::brief)
                .toList();
    }

    public static String brief(ChatEvent event) {
        String what = event.isSaid()
                ? event.text()
                : event.content().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        return event.sequence() + " " + event.from() + " " + what;
    }
}

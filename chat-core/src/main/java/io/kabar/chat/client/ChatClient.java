package io.kabar.chat.client;

import io.kabar.chat.History;
import io.kabar.chat.InviteLink;
import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A signed-in user. TODO body.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ChatClient implements AutoCloseable {

    private ChatClient() {}

    public static Builder builder() {
        return new Builder();
    }

    public UserName name() {
        throw new UnsupportedOperationException();
    }

    public ConnectionState state() {
        throw new UnsupportedOperationException();
    }

    public ConnectionInfo info() {
        throw new UnsupportedOperationException();
    }

    /** Enters a room; events arrive at the listener. The future tells how the room was found. */
    public CompletableFuture<RoomState> join(RoomName room, History history) {
        throw new UnsupportedOperationException();
    }

    /** Leaves a room. */
    public CompletableFuture<Void> leave(RoomName room, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Says something; completes when the server has accepted and numbered it. */
    public CompletableFuture<Receipt> send(RoomName room, String text) {
        throw new UnsupportedOperationException();
    }

    /** {@code /me}. */
    public CompletableFuture<Receipt> sendAction(RoomName room, String text) {
        throw new UnsupportedOperationException();
    }

    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        throw new UnsupportedOperationException();
    }

    /** Direct conversations are rooms: join(RoomName.direct(name(), other)) then send. This does both. */
    public CompletableFuture<Receipt> sendDirect(UserName to, String text) {
        throw new UnsupportedOperationException();
    }

    public CompletableFuture<List<RoomSummary>> rooms() {
        throw new UnsupportedOperationException();
    }

    public CompletableFuture<List<Member>> members(RoomName room) {
        throw new UnsupportedOperationException();
    }

    /** Tells the room that this user is writing; at most once in 3 s goes out, the rest is ignored here. */
    public void typing(RoomName room) {
        throw new UnsupportedOperationException();
    }

    /** Away or back. */
    public void setAway(boolean away) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    public static final class Builder {
        private Builder() {}

        public Builder server(InviteLink link) {
            return this;
        }

        /** Insists on this key (a link's key does the same). */
        public Builder serverKey(ServerKey key) {
            return this;
        }

        public Builder knownServers(KnownServers servers) {
            return this;
        }

        public Builder name(UserName name) {
            return this;
        }

        public Builder name(String name) {
            return this;
        }

        /** The join password, or the account's own. None for an open server. */
        public Builder password(String password) {
            return this;
        }

        public Builder device(DeviceSecret device) {
            return this;
        }

        /** The local UDP port; 0, the default, for any. */
        public Builder localPort(int port) {
            return this;
        }

        public Builder listener(ChatClientListener listener) {
            return this;
        }

        public Builder callbackExecutor(Executor executor) {
            return this;
        }

        public Builder options(ClientOptions options) {
            return this;
        }

        /** Completes with the signed-in client, or fails with a ChatException. */
        public CompletableFuture<ChatClient> connect() {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
        }
    }
}

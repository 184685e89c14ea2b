package io.kabar.chat.server;

import io.kabar.chat.InviteLink;
import io.kabar.chat.ServerKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** A server. TODO body. */
@SuppressWarnings("DoNotCallSuggester")
public final class ChatServer implements AutoCloseable {

    private ChatServer() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException();
    }

    public ServerKey key() {
        throw new UnsupportedOperationException();
    }

    /** An invitation for people who reach this server under {@code host}. */
    public InviteLink inviteLink(String host) {
        throw new UnsupportedOperationException();
    }

    public ServerStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Waits until the server is closed. */
    public void awaitClose() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Tells every client, stores what is open and releases the port. May be called twice. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    public static final class Builder {
        private Builder() {}

        /** Where to listen; wildcard and port 2120 by default. */
        public Builder bind(InetSocketAddress address) {
            return this;
        }

        /** The identity; a new one that lasts as long as the server by default. */
        public Builder secret(ServerSecret secret) {
            return this;
        }

        /** Everybody needs this password. */
        public Builder joinPassword(String password) {
            return this;
        }

        /** The same from a stored verifier ({@link PasswordVerifier}). */
        public Builder joinVerifier(String verifier) {
            return this;
        }

        /** No password; names are still owned. The default is accounts only. */
        public Builder open() {
            return this;
        }

        public Builder journal(Journal journal) {
            return this;
        }

        public Builder accounts(AccountStore accounts) {
            return this;
        }

        public Builder listener(ChatServerListener listener) {
            return this;
        }

        public Builder callbackExecutor(Executor executor) {
            return this;
        }

        public Builder options(ServerOptions options) {
            return this;
        }

        /** Binds and serves. Fails with an IOException whose message is a sentence if the port is taken. */
        public ChatServer start() throws IOException {
            throw new UnsupportedOperationException();
        }
    }
}

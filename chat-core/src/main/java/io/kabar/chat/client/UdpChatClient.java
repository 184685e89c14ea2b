package io.kabar.chat.client;

import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.participant.EndpointParticipant;

/** The client that {@link ClientBuilder} connects. */
final class UdpChatClient extends EndpointParticipant implements ChatClient {

    private final ClientDriver driver;

    UdpChatClient(ClientEndpoint endpoint, ClientDriver driver) {
        super(endpoint, driver);
        this.driver = driver;
    }

    @Override
    public ConnectionState state() {
        return driver.state();
    }

    @Override
    public ConnectionInfo info() {
        return driver.info();
    }
}

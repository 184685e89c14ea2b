package io.kabar.cli.connect;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ClientOptions;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.client.KnownServers;
import io.kabar.chat.client.KnownServersFile;
import io.kabar.chat.view.Wording;
import io.kabar.chat.view.words.Refusals;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.Version;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs in, and says what somebody at a terminal has to know about it. */
public final class Connector {

    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    /** The client knows whether it was the network or the server that took too long, so it may speak first. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Environment environment;
    private final Login login;
    private final Target target;
    private final PrintWriter err;

    public Connector(Environment environment, Login login, Target target, PrintWriter err) {
        this.environment = environment;
        this.login = login;
        this.target = target;
        this.err = err;
    }

    /** Where the server is, {@code host:port}. */
    public String address() {
        return target.link().address();
    }

    /**
     * Signs in.
     *
     * @throws ChatException if that is refused, or does not succeed within the login's timeout
     */
    public ChatClient connect(UserName name, Optional<String> password, ChatClientListener listener, Executor executor)
            throws InterruptedException {
        Path file = environment.folders().knownServers();
        KnownServersFile knownServers = new KnownServersFile(file);
        ChatClient.Builder builder = ChatClient.builder()
                .server(target.link())
                .knownServers(knownServers)
                .name(name)
                .device(DeviceSecret.inFile(login.identity(environment)))
                .localPort(target.localPort())
                .listener(ConnectionLog.of(listener))
                .callbackExecutor(executor)
                .options(ClientOptions.defaults().withConnectTimeout(login.timeout()));
        password.ifPresent(builder::password);
        login.remarks(environment).forEach(remark -> err.println("kabar: " + remark));
        LOG.debug("kabar {} connects to {} as {}", Version.text(), target.link().address(), name);
        ChatClient client;
        try {
            client = Deadline.in(login.timeout()).await(builder.connect(), GRACE);
        } catch (ChatException refused) {
            throw explained(refused, password.isPresent(), file);
        }
        // Whoever is stopped by a signal leaves the room all the same; a client that is closed already stays so.
        environment.atExit().accept(client::close);
        LOG.debug(
                "signed in at {}, key {}",
                client.info().server(),
                client.info().key().fingerprint());
        if (client.info().firstContact()) {
            String address = target.link().address();
            boolean remembered = isKnown(knownServers, address);
            err.println("kabar: " + Wording.firstContact(address, client.info(), remembered)
                    + (remembered ? "" : " " + file + " cannot be written."));
            err.flush();
        }
        return client;
    }

    private static boolean isKnown(KnownServers servers, String address) {
        try {
            return servers.find(address).isPresent();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private ChatException explained(ChatException refused, boolean hadPassword, Path knownServers) {
        if (refused.refusal() == Refusal.WRONG_PASSWORD && !hadPassword) {
            return with(refused, "The server asks for a password; give it with --password-file or KABAR_PASSWORD.");
        }
        if (refused.refusal() == Refusal.SERVER_KEY_CHANGED) {
            return with(
                    refused,
                    Refusals.sentence(refused) + " If you know that it was set up anew, remove the line of "
                            + target.link().address() + " from " + knownServers
                            + target.link()
                                    .key()
                                    .map(key -> ", and use a new invitation.")
                                    .orElse("."));
        }
        if (Refusals.sentence(refused).equals(Refusals.sentence(Refusal.UNREACHABLE))) {
            return with(refused, "Nobody answers at " + target.link().address() + ".");
        }
        return refused;
    }

    private static ChatException with(ChatException refused, String sentence) {
        ChatException explained = ChatException.of(
                refused.refusal(), sentence, refused.retryAfter().orElse(null));
        explained.initCause(refused);
        return explained;
    }
}

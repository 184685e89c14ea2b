package io.kabar.daemon;

import io.kabar.chat.InviteLink;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.server.ServerOptions;
import io.kabar.storage.csv.folder.RetentionRules;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a daemon is to run.
 *
 * @param bind where to listen
 * @param data folder for everything that is kept
 * @param admission who may come in
 * @param options limits of the server
 * @param forced whether an event is on the disk before anyone sees it ({@code --durability always}); otherwise the
 *     operating system has it by then, and the disk within a second
 * @param history how much is kept of which room
 * @param storage the kind of storage that keeps rooms and accounts, by its name
 * @param logLevel error, warn, info, debug or trace
 * @param people who may come new, and how order is kept
 */
public record DaemonSettings(
        InetSocketAddress bind,
        Path data,
        Admission admission,
        ServerOptions options,
        boolean forced,
        RetentionRules history,
        String storage,
        String logLevel,
        People people) {

    /** The storage that holds if nobody says anything. */
    static final String CSV = "csv";

    /**
     * Who may come new, and how order is kept.
     *
     * @param invitedOnly whether a new name takes an invitation
     * @param guests whether guests may come
     * @param order how order is kept
     */
    public record People(boolean invitedOnly, boolean guests, OrderRules order) {

        /** Anybody, but no guests. */
        static final People STANDARD = new People(false, false, OrderRules.STANDARD);
    }

    /** Who may come in. */
    public sealed interface Admission {

        /** Whoever knows the password of the earlier starts; the first start makes one. */
        record Kept() implements Admission {}

        /** Whoever knows this password, from now on. */
        record Password(String password) implements Admission {
            /** Leaves the password out. */
            @Override
            public String toString() {
                return "Password[]";
            }
        }

        /** Everybody. */
        record Open() implements Admission {}
    }

    /** What holds if nobody says anything: every address, port 2120, the platform's data folder. */
    public static DaemonSettings standard() {
        return new DaemonSettings(
                new InetSocketAddress(InviteLink.DEFAULT_PORT),
                StandardFolder.of(System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home")),
                new Admission.Kept(),
                ServerOptions.defaults(),
                false,
                RetentionRules.STANDARD,
                CSV,
                "info",
                People.STANDARD);
    }

    /**
     * Reads settings as {@code kabar server} does: flags, then environment, then the file, then what is built in.
     *
     * @param args flags of {@code kabar server}
     * @throws SettingsException with a sentence for each thing that is wrong
     */
    public static DaemonSettings read(List<String> args, Map<String, String> environment) throws SettingsException {
        return new SettingsReader(environment).read(ServerFlags.parse(args));
    }

    /** The same, listening elsewhere. */
    public DaemonSettings withBind(InetSocketAddress address) {
        return new DaemonSettings(address, data, admission, options, forced, history, storage, logLevel, people);
    }

    /** The same with another data folder. */
    public DaemonSettings withData(Path folder) {
        return new DaemonSettings(bind, folder, admission, options, forced, history, storage, logLevel, people);
    }

    /** The same with other people let in. */
    public DaemonSettings withAdmission(Admission whom) {
        return new DaemonSettings(bind, data, whom, options, forced, history, storage, logLevel, people);
    }

    /** The same with other limits. */
    public DaemonSettings withOptions(ServerOptions limits) {
        return new DaemonSettings(bind, data, admission, limits, forced, history, storage, logLevel, people);
    }

    /** The same with more or less of the rooms' logs kept. */
    public DaemonSettings withHistory(RetentionRules rules) {
        return new DaemonSettings(bind, data, admission, options, forced, rules, storage, logLevel, people);
    }

    /** The same with rooms and accounts kept by another storage. */
    public DaemonSettings withStorage(String name) {
        return new DaemonSettings(bind, data, admission, options, forced, history, name, logLevel, people);
    }
}

package io.kabar.swing;

import io.kabar.chat.InviteLink;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.swing.connect.ConnectRequest;
import io.kabar.swing.settings.Settings;
import io.kabar.swing.settings.Worker;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.swing.SwingUtilities;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code kabar desktop}: opens the client's window and ends when it is closed. */
@Command(name = "desktop", description = "Chat in a window.", sortOptions = false)
final class DesktopCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // picocli acts on it by itself
    private boolean help;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LINK",
            converter = LinkOrAddress.class,
            description = "An invitation, kabar://HOST[:PORT][/ROOM][#KEY], or the address of a server.")
    private String link = "";

    @Override
    public Integer call() throws InterruptedException, InvocationTargetException {
        Worker worker = new Worker();
        UserFolders folders = UserFolders.ofThisUser();
        Settings settings = Settings.read(Settings.file(folders));
        CountDownLatch closed = new CountDownLatch(1);
        SwingUtilities.invokeAndWait(() -> {
            DesktopWindow window = new DesktopWindow(settings, folders, worker, closed::countDown);
            Runtime.getRuntime().addShutdownHook(new Thread(window::hangUp, "kabar-hang-up"));
            window.open(link);
        });
        closed.await();
        worker.finish();
        return ExitCode.OK;
    }

    /** An invitation with a slip in it is said at once; an address is for the connect view to judge. */
    static final class LinkOrAddress implements ITypeConverter<String> {

        // For picocli, which makes converters by reflection.
        LinkOrAddress() {}

        @Override
        public String convert(String value) {
            if (ConnectRequest.isLink(value)) {
                try {
                    InviteLink.parse(value);
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException(String.valueOf(e.getMessage()));
                }
            }
            return value;
        }
    }
}

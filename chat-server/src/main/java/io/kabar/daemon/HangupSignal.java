package io.kabar.daemon;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which by itself ends a JVM: whoever rotates logs sends it to a service, and a service goes on. It still ends
 * a server whose terminal was closed.
 */
final class HangupSignal {

    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /**
     * From now on the signal ends the program only if its terminal is gone. Where there is no such signal, nothing
     * changes.
     */
    static void survive() {
        boolean hadTerminal = terminalIsThere();
        try {
            // By reflection, because javac warns of the only type there is for signals, and cannot be told not to.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    HangupSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            arrived(hadTerminal);
                            return null;
                        }
                        return method.getName().equals("hashCode") ? 0 : null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("no hangup signal here", e);
        }
    }

    private static void arrived(boolean hadTerminal) {
        if (hadTerminal && !terminalIsThere()) {
            LOG.info("the terminal is gone");
            System.exit(ExitCode.DONE);
        }
        LOG.info("hangup signal: nothing to do, the server goes on");
    }

    private static boolean terminalIsThere() {
        try (InputStream terminal = new FileInputStream("/dev/tty")) {
            return terminal.available() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}

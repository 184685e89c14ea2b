package io.kabar.cli.command;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one thread that a command's listener and model live on. It does not keep the program from ending. */
public final class CallbackThread {

    private CallbackThread() {}

    public static ExecutorService start() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "kabar-callbacks");
            thread.setDaemon(true);
            return thread;
        });
    }
}

package io.kabar.chat.simulation;

import java.lang.reflect.Method;

/** How much a thread has allocated. By reflection, because a module that needs no management beans reads none. */
final class AllocatedBytes {

    private final Object threads;
    private final Method allocated;

    AllocatedBytes() {
        try {
            threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            allocated =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a JDK without com.sun.management", e);
        }
    }

    long byThisThread() {
        try {
            return (long) allocated.invoke(threads, Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("allocation cannot be measured", e);
        }
    }
}

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Kabar beside other servers in one scenario: so many clients in one room, ten of them send 100 bytes in turn,
 * everybody receives everything, order and loss are checked. What is compared is the CPU time of the server process,
 * user and system, for a delivery. The systems take turns, so that a machine that gets slower does so for all of them.
 *
 * <p>Run by {@code benchmarks/peers}, which installs what is needed. Linux only; loopback only; one thread.
 */
final class Peers {

    private static final int SENDERS = 10;
    private static final int SIZE = 100;
    /** Messages under way at full load, as in {@code kabar bench}. */
    private static final int WINDOW = 512;

    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 60 * SECOND;
    private static final double TICKS = 100; // of /proc/PID/stat, a second; the same on every Linux in use

    public static void main(String[] args) throws Exception {
        int members = Integer.getInteger("members", 100);
        int rounds = Integer.getInteger("rounds", 3);
        int warmup = Integer.getInteger("warmup", 5);
        int seconds = Integer.getInteger("seconds", 10);
        String kabar = System.getProperty("kabar", "./kabar");
        List<Peer> peers = new ArrayList<>();
        for (String name : System.getProperty("peers", "inspircd,inspircd-tls,nats,nats-tls,redis").split(",")) {
            peers.add(Peer.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        // Messages a second; 0 for full load.
        List<Integer> rates = new ArrayList<>();
        for (String rate : System.getProperty("rates", 5000 / members + "," + 100_000 / members + ",0").split(",")) {
            rates.add(Integer.valueOf(rate));
        }
        Map<String, List<Double>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (int rate : rates) {
                for (Peer peer : peers) {
                    String name = peer.name().toLowerCase(Locale.ROOT);
                    report(results, name, rate, measure(peer, members, rate, warmup, seconds));
                }
                report(results, "kabar", rate, kabar(kabar, members, rate, warmup, seconds));
            }
        }
        table(results, rates, members, rounds);
    }

    private static void report(Map<String, List<Double>> results, String name, int rate, double micros) {
        System.err.printf(Locale.ROOT, "%-14s %-8s %.2f us%n", name, rate == 0 ? "full" : rate + "/s", micros);
        results.computeIfAbsent(name + " " + rate, key -> new ArrayList<>()).add(micros);
    }

    private static void table(Map<String, List<Double>> results, List<Integer> rates, int members, int rounds) {
        StringBuilder head = new StringBuilder("| CPU us a delivery, N=" + members + ", " + rounds + " rounds |");
        StringBuilder line = new StringBuilder("|---|");
        for (int rate : rates) {
            head.append(rate == 0 ? " full |" : " " + rate * members + "/s |");
            line.append("---:|");
        }
        System.out.println(head + "\n" + line);
        results.keySet().stream().map(key -> key.split(" ")[0]).distinct().forEach(name -> {
            StringBuilder row = new StringBuilder("| " + name.replace('_', ' ') + " |");
            for (int rate : rates) {
                double[] figures = results.get(name + " " + rate).stream().mapToDouble(f -> f).sorted().toArray();
                row.append(String.format(
                        Locale.ROOT,
                        " %.2f (%.2f-%.2f) |",
                        figures[figures.length / 2],
                        figures[0],
                        figures[figures.length - 1]));
            }
            System.out.println(row);
        });
    }

    private static double kabar(String command, int members, int rate, int warmup, int seconds) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                command, "bench", "--json", "--idle=0", "--sessions=" + members, "--warmup=" + warmup,
                "--duration=" + seconds));
        words.add(rate == 0 ? "--full" : "--rate=" + rate);
        Process process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile("\"server_cpu_us_per_delivery\":([0-9.]+)").matcher(json);
        if (process.waitFor() != 0 || !matcher.find()) {
            throw new IllegalStateException("kabar bench failed: " + json);
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** A server that speaks lines over TCP, and the words for it. */
    private enum Peer {
        INSPIRCD,
        INSPIRCD_TLS,
        NATS,
        NATS_TLS,
        REDIS;

        boolean tls() {
            return name().endsWith("_TLS");
        }

        boolean irc() {
            return name().startsWith("INSPIRCD");
        }

        boolean nats() {
            return name().startsWith("NATS");
        }

        /** What starts the server in the foreground. */
        List<String> command(Path folder, int port) throws IOException {
            String certificate = folder.resolve("cert.pem").toString();
            String key = folder.resolve("key.pem").toString();
            if (irc()) {
                Path config = folder.resolve("inspircd.conf");
                Files.writeString(
                        config,
                        "<server name=\"bench.local\" description=\"bench\" network=\"bench\">\n"
                                + "<admin name=\"b\" nick=\"b\" email=\"b@b\">\n"
                                + "<connect allow=\"*\" name=\"all\" limit=\"10000\" localmax=\"10000\" "
                                + "globalmax=\"10000\""
                                + " maxchans=\"10\" hardsendq=\"64M\" softsendq=\"32M\" recvq=\"1M\" fakelag=\"no\""
                                + " commandrate=\"1000000\" threshold=\"1000000\" timeout=\"60\" pingfreq=\"600\""
                                + " resolvehostnames=\"no\" useident=\"no\">\n"
                                + "<performance softlimit=\"12800\" somaxconn=\"1024\" clonesonconnect=\"false\">\n"
                                + "<security maxtargets=\"1\">\n<pid file=\"" + folder.resolve("pid") + "\">\n"
                                + (tls()
                                        ? "<module name=\"ssl_gnutls\">\n<sslprofile name=\"bench\" provider=\"gnutls\""
                                                + " certfile=\"" + certificate + "\" keyfile=\"" + key + "\">\n"
                                        : "")
                                + "<bind address=\"127.0.0.1\" port=\"" + port + "\" type=\"clients\""
                                + (tls() ? " sslprofile=\"bench\"" : "") + ">\n");
                return List.of("inspircd", "--runasroot", "--nofork", "--nolog", "--config=" + config);
            }
            if (nats()) {
                // Patient, because on a busy machine a thousand handshakes take longer than its two seconds.
                Path config = folder.resolve("nats.conf");
                Files.writeString(
                        config,
                        "listen: \"127.0.0.1:" + port + "\"\nwrite_deadline: \"60s\"\nauthorization { timeout: 60 }\n"
                                + (tls()
                                        ? "tls { cert_file: \"" + certificate + "\", key_file: \"" + key
                                                + "\", timeout: 60 }\n"
                                        : ""));
                return List.of("nats-server", "-c", config.toString());
            }
            return List.of(
                    "redis-server",
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(port),
                    "--save",
                    "",
                    "--client-output-buffer-limit",
                    "pubsub 0 0 0");
        }

        String login(int member) {
            return irc()
                    ? "NICK b" + member + "\r\nUSER b 0 * :b\r\n"
                    : nats()
                            ? "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB bench 1\r\nPING\r\n"
                            : "SUBSCRIBE bench\r\n";
        }

        String say(String text) {
            return irc()
                    ? "PRIVMSG #bench :" + text + "\r\n"
                    : nats() ? "PUB bench " + text.length() + "\r\n" + text + "\r\n" : "PUBLISH bench " + text + "\r\n";
        }

    }

    private static double measure(Peer peer, int members, int rate, int warmup, int seconds) throws Exception {
        Path folder = Files.createTempDirectory("kabar-peers");
        if (peer.tls()) {
            run(folder, "openssl", "req", "-x509", "-newkey", "ec",
                    "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem");
        }
        int port = freePort();
        Process process = new ProcessBuilder(peer.command(folder, port))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        try (Crowd crowd = new Crowd(peer, port, process)) {
            return crowd.measure(members, rate, warmup, seconds);
        } finally {
            process.destroy();
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(hook);
            run(folder.getParent(), "rm", "-r", folder.toString());
        }
    }

    private static void run(Path folder, String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Everybody who is connected, and what is under way. */
    private static final class Crowd implements AutoCloseable {
        private final Peer peer;
        private final InetSocketAddress address;
        private final Process process;
        private final Selector selector = Selector.open();
        private final List<Line> lines = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        private final SSLContext context;
        private final int[] awaited = new int[WINDOW];
        private int inside;
        private long sent;
        private long complete;
        private long deliveries;

        Crowd(Peer peer, int port, Process process) throws Exception {
            this.peer = peer;
            this.process = process;
            address = new InetSocketAddress("127.0.0.1", port);
            context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Trusting()}, null);
        }

        double measure(int members, int rate, int warmup, int seconds) throws Exception {
            boolean apart = peer == Peer.REDIS;
            int readers = members;
            for (int i = 0; i < members; i++) {
                lines.add(new Line(i, true));
                int wanted = i - 50;
                await(() -> inside > wanted);
            }
            await(() -> inside == readers);
            List<Line> senders = new ArrayList<>(lines.subList(0, SENDERS));
            if (apart) {
                senders.clear();
                for (int i = 0; i < SENDERS; i++) {
                    Line line = new Line(members + i, false);
                    lines.add(line);
                    senders.add(line);
                }
            }
            long start = System.nanoTime();
            long from = start + warmup * SECOND;
            long end = from + seconds * SECOND;
            double before = 0;
            long deliveriesBefore = 0;
            int perMessage = peer.irc() ? members - 1 : members;
            boolean counting = false;
            while (System.nanoTime() < end) {
                long now = System.nanoTime();
                if (!counting && now >= from) {
                    counting = true;
                    before = cpuSeconds();
                    deliveriesBefore = deliveries;
                }
                while (sent - complete < WINDOW && (rate == 0 || start + sent * SECOND / rate <= now)) {
                    awaited[(int) (sent % WINDOW)] = perMessage;
                    String number = "^" + sent + "-";
                    senders.get((int) (sent % SENDERS)).write(peer.say(number + "x".repeat(SIZE - number.length())));
                    sent++;
                }
                long next = rate == 0 || sent - complete >= WINDOW ? end : Math.min(end, start + sent * SECOND / rate);
                turn(next - System.nanoTime());
            }
            double micros = 1e6 * (cpuSeconds() - before) / (deliveries - deliveriesBefore);
            await(() -> complete == sent);
            return micros;
        }

        private double cpuSeconds() throws IOException {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] columns = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(columns[11]) + Long.parseLong(columns[12])) / TICKS;
        }

        private interface Condition {
            boolean met();
        }

        private void await(Condition condition) throws Exception {
            long start = System.nanoTime();
            while (!condition.met()) {
                if (System.nanoTime() - start > STEP) {
                    throw new IllegalStateException(
                            peer + ": " + inside + " inside, " + sent + " sent, " + complete + " complete");
                }
                turn(SECOND / 10);
            }
        }

        private void turn(long nanos) throws Exception {
            if (nanos >= 1_000_000) {
                selector.select(nanos / 1_000_000);
            } else {
                selector.selectNow();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                ((Line) key.attachment()).ready(key);
            }
            selector.selectedKeys().clear();
        }

        private void delivered(long message) {
            deliveries++;
            awaited[(int) (message % WINDOW)]--;
            while (complete < sent && awaited[(int) (complete % WINDOW)] == 0) {
                complete++;
            }
        }

        @Override
        public void close() throws IOException {
            for (Line line : lines) {
                line.channel.close();
            }
            selector.close();
        }

        /** One connection. */
        private final class Line {
            private final int number;
            private final boolean reader;
            private final SocketChannel channel;
            private final SelectionKey key;
            private final long[] expected = new long[SENDERS];
            private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
            private byte[] pending = new byte[1 << 16];
            private int length;
            private SSLEngine engine;
            private ByteBuffer sealed = ByteBuffer.allocate(0);
            private final ByteBuffer opened = ByteBuffer.allocate(1 << 15);
            private boolean greeted;
            private boolean joined;

            Line(int number, boolean reader) throws Exception {
                this.number = number;
                this.reader = reader;
                Arrays.setAll(expected, sender -> sender);
                channel = connect();
                channel.configureBlocking(false);
                key = channel.register(selector, SelectionKey.OP_READ, this);
                if (peer.irc() && peer.tls()) {
                    secure();
                }
                if (!peer.nats()) {
                    login();
                }
            }

            private SocketChannel connect() throws Exception {
                for (long start = System.nanoTime(); ; ) {
                    try {
                        return SocketChannel.open(address);
                    } catch (IOException e) {
                        if (!process.isAlive() || System.nanoTime() - start > STEP) {
                            throw e;
                        }
                        Thread.onSpinWait(); // it is still starting
                    }
                }
            }

            private void login() throws Exception {
                greeted = true;
                if (reader) {
                    write(peer.login(number));
                }
            }

            private void secure() throws Exception {
                engine = context.createSSLEngine();
                engine.setUseClientMode(true);
                sealed = ByteBuffer.allocate(1 << 15);
                engine.beginHandshake();
                step();
            }

            void write(String text) throws Exception {
                ByteBuffer plain = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                unsent.add(plain);
                push();
            }

            private void push() throws Exception {
                while (!unsent.isEmpty()) {
                    ByteBuffer next = unsent.peek();
                    if (engine != null
                            && engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
                        return;
                    }
                    if (engine == null) {
                        channel.write(next);
                    } else {
                        wrap(next);
                    }
                    if (next.hasRemaining()) {
                        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                        return;
                    }
                    unsent.remove();
                }
                key.interestOps(SelectionKey.OP_READ);
            }

            private void wrap(ByteBuffer plain) throws Exception {
                buffer.clear();
                engine.wrap(plain, buffer);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }

            /** Goes on with a handshake as far as it goes without the server. */
            private void step() throws Exception {
                while (true) {
                    switch (engine.getHandshakeStatus()) {
                        case NEED_TASK -> engine.getDelegatedTask().run();
                        case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                        default -> {
                            return;
                        }
                    }
                }
            }

            void ready(SelectionKey selected) throws Exception {
                if (selected.isWritable()) {
                    push();
                }
                if (!selected.isReadable()) {
                    return;
                }
                buffer.clear();
                int count = channel.read(buffer);
                if (count < 0) {
                    throw new IOException(peer + " has closed a connection");
                }
                buffer.flip();
                if (engine == null) {
                    take(buffer);
                    return;
                }
                if (sealed.remaining() < buffer.remaining()) {
                    ByteBuffer larger = ByteBuffer.allocate(sealed.position() + buffer.remaining() + (1 << 15));
                    larger.put(sealed.flip());
                    sealed = larger;
                }
                sealed.put(buffer).flip();
                while (true) {
                    opened.clear();
                    SSLEngineResult result = engine.unwrap(sealed, opened);
                    opened.flip();
                    boolean more = result.bytesConsumed() > 0;
                    take(opened);
                    step();
                    if (!more || !sealed.hasRemaining()) {
                        break;
                    }
                }
                sealed.compact();
                push();
            }

            private void take(ByteBuffer bytes) throws Exception {
                int count = bytes.remaining();
                if (length + count > pending.length) {
                    pending = Arrays.copyOf(pending, 2 * (length + count));
                }
                bytes.get(pending, length, count);
                int end = length + count;
                int start = 0;
                for (int i = length; i < end; i++) {
                    if (pending[i] == '\n') {
                        line(start, i);
                        start = i + 1;
                    }
                }
                length = end - start;
                System.arraycopy(pending, start, pending, 0, length);
            }

            private void line(int start, int end) throws Exception {
                for (int i = start; i < end; i++) {
                    if (pending[i] == '^') {
                        message(i + 1);
                        return;
                    }
                }
                if (joined && peer == Peer.REDIS || !reader) {
                    return;
                }
                String text = new String(pending, start, end - start, StandardCharsets.US_ASCII).trim();
                if (text.startsWith("PING")) {
                    write(peer.nats() ? "PONG\r\n" : "PONG" + text.substring(4) + "\r\n");
                } else if (text.startsWith("INFO") && !greeted) {
                    if (peer.tls()) {
                        secure();
                    }
                    login();
                } else if (text.startsWith(":") && text.contains(" 001 ")) {
                    write("JOIN #bench\r\n");
                } else if (!joined && (text.contains(" 366 ") || text.equals("PONG") || text.equals(":1"))) {
                    joined = true;
                    inside++;
                }
            }

            private void message(int at) {
                long value = 0;
                for (int i = at; pending[i] != '-'; i++) {
                    value = 10 * value + pending[i] - '0';
                }
                int sender = (int) (value % SENDERS);
                if (peer.irc() && sender == number) {
                    throw new IllegalStateException("an echo");
                }
                if (value != expected[sender]) {
                    throw new IllegalStateException(peer + ": " + value + " where " + expected[sender] + " is due");
                }
                expected[sender] += SENDERS;
                delivered(value);
            }
        }
    }

    /** Certificates are not what is measured. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

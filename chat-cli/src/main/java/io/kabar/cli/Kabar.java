package io.kabar.cli;

import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.chat.internal.text.Digits;
import io.kabar.cli.chat.ChatCommand;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.Usage;
import io.kabar.cli.command.Version;
import io.kabar.cli.config.ConfigCommand;
import io.kabar.cli.demo.DemoCommand;
import io.kabar.cli.output.ColorMode;
import io.kabar.cli.script.RoomsCommand;
import io.kabar.cli.script.SearchCommand;
import io.kabar.cli.script.SendCommand;
import io.kabar.cli.script.TailCommand;
import io.kabar.cli.script.WhoCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code kabar} itself: what all commands share, and a short help when it is called alone. */
@Command(
        name = "kabar",
        description = "Secure chat over UDP.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class Kabar implements Runnable, ColorMode.Choice {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            scope = ScopeType.INHERIT,
            description = "auto, always or never (default: auto; NO_COLOR is honoured).")
    private ColorMode color;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Write a log of the connection to FILE; none by default.")
    void log(Path file) {
        if (!Logs.toFile(file)) {
            throw Usage.wrong(spec, "The log " + file + " cannot be written.");
        }
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    private Kabar() {}

    /** The whole command line; out and err are those of the process until a test sets others. */
    static CommandLine commandLine(Environment environment) {
        CommandLine line = new CommandLine(new Kabar())
                .addSubcommand("chat", new ChatCommand(environment))
                .addSubcommand("send", new SendCommand(environment))
                .addSubcommand("tail", new TailCommand(environment))
                .addSubcommand("rooms", new RoomsCommand(environment))
                .addSubcommand("who", new WhoCommand(environment))
                .addSubcommand("search", new SearchCommand(environment))
                .addSubcommand("config", new ConfigCommand(environment))
                .addSubcommand("demo", new DemoCommand(environment, Kabar::commandLine))
                .addSubcommand(new CommandLine.HelpCommand());
        Version version = new Version(environment);
        line.getCommandSpec().versionProvider(version);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(version));
        // Set here, for an annotation's would be inherited by every command.
        line.getCommandSpec().usageMessage().footer("""

                Programs of their own, with a --help each:
                  server   Run a server; it prints the link to hand out.
                  desktop  Chat in a window.
                  monitor  Run a server in a window.
                  ctl      Have a running server do something: staff's commands.
                  passwd   Give an account a password.
                  export   Copy what a server keeps, also while it runs.
                  import   Bring a copy, or the files of a simple chat program, to a server.
                  erase    Take out of the logs what one person said.
                  bench    Measure a server.""".lines().toArray(String[]::new));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Integer.class, text -> Usage.number(text, Digits::parseInt))
                .registerConverter(Long.class, text -> Usage.number(text, Digits::parseLong))
                .setColorScheme(CommandLine.Help.defaultColorScheme(environment.terminal() ? Ansi.AUTO : Ansi.OFF))
                .setExecutionStrategy(Kabar::execute)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    /** Runs a command, or prints its help, and finds out whether what it printed has arrived. */
    private static int execute(CommandLine.ParseResult parsed) {
        int code = new CommandLine.RunLast().execute(parsed);
        CommandLine line = parsed.commandSpec().commandLine();
        return StandardOutput.exitCode(code, line.getOut(), line.getErr());
    }

    @Override
    public ColorMode color() {
        return color;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("""
                Kabar: secure chat over UDP.

                  kabar server                      start a server; it prints the link to hand out
                  kabar chat LINK                   chat
                  kabar chat HOST [PORT]            the same without a link
                  kabar send LINK -u NAME TEXT...   send one message, or each line of stdin with -
                  kabar tail LINK -u NAME           print what is said, as JSON with --json
                  kabar rooms LINK                  list the rooms
                  kabar who LINK -r ROOM            list who is in a room
                  kabar search LINK -u NAME WORDS   print what was said with these words
                  kabar config --init               write a configuration of the terminal
                  kabar desktop [LINK]              chat in a window
                  kabar monitor                     start a server with a window
                  kabar ctl COMMAND                 what staff can do to a running server
                  kabar export, import, erase       copy, move, and take out what a server keeps
                  kabar bench                       measure a server

                'kabar COMMAND --help' explains a command. A first try: 'kabar demo', a server,
                two bots and you in this terminal. Then 'kabar server' here, and 'kabar chat' with
                the link it prints in another terminal.""");
        out.flush();
    }
}

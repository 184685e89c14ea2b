package io.kabar.daemon;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.socket.ControlClient;
import io.kabar.storage.csv.CsvAccountStore;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar passwd}: gives an account a password, whether or not its server runs. */
@Command(
        name = "passwd",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Gives an account a password, with which it signs in from further devices: on the server that runs, "
                        + "or in its data folder.",
        footer = {
            "",
            "The password is asked for, or is the first line of standard input.",
            "Exit codes: 0 done, 1 the data folder cannot be used, 2 refused, 64 wrong usage."
        })
final class PasswdCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Whose password it is.")
    private String name = "";

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        UserName user;
        String password;
        try {
            user = UserName.of(name);
            password = TypedSecret.read();
            PasswordVerifier.requirePassword(password);
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(line(), String.valueOf(e.getMessage()));
        }
        try (ControlClient client = ControlClient.open(data.path())) {
            Answer answer = client.ask(List.of("passwd", user.text(), password), false);
            return told(answer instanceof Answer.Done, answer.sentence());
        } catch (ControlClient.NotAllowed e) {
            return told(false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return inFolder(user, password); // no server runs, or the folder says that one does
        }
    }

    private int inFolder(UserName user, String password) {
        if (Files.notExists(data.path())) {
            line().getErr().println("There is no data folder " + data.path() + ".");
            return ExitCode.FAILED;
        }
        try (DataFolder folder = DataFolder.open(data.path());
                CsvAccountStore accounts = CsvAccountStore.open(folder)) {
            Optional<Account> account = accounts.find(user);
            if (account.isEmpty()) {
                return told(false, "There is no account " + user + ".");
            }
            String verifier = PasswordVerifier.derive(password);
            boolean done = accounts.change(account.get().id(), new AccountChange.NewPassword(Optional.of(verifier)))
                    .isPresent();
            return told(done, user + (done ? " has a new password." : " cannot be given a password."));
        } catch (UncheckedIOException e) {
            line().getErr().println(e.getMessage());
            return ExitCode.FAILED;
        } catch (IOException e) {
            line().getErr().println(FileTrouble.reason(e));
            return ExitCode.FAILED;
        }
    }

    private int told(boolean done, String sentence) {
        (done ? line().getOut() : line().getErr()).println(VisibleText.onOneLine(sentence));
        return done ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        return spec.commandLine();
    }
}

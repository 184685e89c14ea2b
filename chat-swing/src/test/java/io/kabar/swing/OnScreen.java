package io.kabar.swing;

import io.kabar.swing.look.Theme;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.swing.JFrame;
import org.assertj.swing.core.BasicRobot;
import org.assertj.swing.core.Robot;
import org.assertj.swing.edt.FailOnThreadViolationRepaintManager;
import org.assertj.swing.edt.GuiActionRunner;
import org.assertj.swing.fixture.FrameFixture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives a test a display to draw on, or skips it; drawing from a wrong thread fails it. */
public final class OnScreen implements BeforeEachCallback, AfterEachCallback {

    /** What fits the virtual screens of build machines. */
    private static final Dimension SIZE = new Dimension(1080, 720);

    /** Milliseconds between two looks. */
    private static final int PATIENCE = 10;

    private @Nullable Robot robot;

    @Override
    public void beforeEach(ExtensionContext context) {
        Assumptions.assumeFalse(
                GraphicsEnvironment.isHeadless(), "There is no display; 'xvfb-run mvn verify' brings one.");
        FailOnThreadViolationRepaintManager.install();
        robot = BasicRobot.robotWithNewAwtHierarchy();
        // The robot keeps its pauses: what has just appeared may move once more before a click finds it.
        Awaitility.setDefaultPollInterval(PATIENCE, TimeUnit.MILLISECONDS);
        inEventThread(() -> {
            Theme.apply(false);
            return null;
        });
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (robot != null) {
            robot.cleanUp();
        }
        FailOnThreadViolationRepaintManager.uninstall();
    }

    public Robot robot() {
        return Objects.requireNonNull(robot, "there is one while a test runs");
    }

    /** Shows a view in a window of its own. */
    public FrameFixture show(Callable<? extends Container> view) {
        JFrame frame = inEventThread(() -> {
            JFrame created = new JFrame();
            created.setContentPane(view.call());
            return created;
        });
        FrameFixture window = new FrameFixture(robot(), frame);
        window.show(SIZE);
        return window;
    }

    /** The open window of that name. */
    public FrameFixture find(String name) {
        return new FrameFixture(robot(), name);
    }

    public static <T> T inEventThread(Callable<T> body) {
        return GuiActionRunner.execute(body);
    }
}

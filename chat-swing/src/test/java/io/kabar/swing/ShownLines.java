package io.kabar.swing;

import io.kabar.swing.transcript.Timeline;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.swing.core.Robot;
import org.assertj.swing.fixture.FrameFixture;

/** The lines of the transcript in a window, as somebody finds them who reads, hears or types. */
public record ShownLines(Robot robot, FrameFixture window) {

    public Timeline timeline() {
        return robot.finder().findByName(window.target(), "chat.lines", Timeline.class);
    }

    /** What a screen reader would read. */
    public List<String> spoken() {
        robot.waitForIdle();
        Timeline timeline = timeline();
        return OnScreen.inEventThread(
                () -> IntStream.range(0, timeline.getAccessibleContext().getAccessibleChildrenCount())
                        .mapToObj(i -> timeline.getAccessibleContext()
                                .getAccessibleChild(i)
                                .getAccessibleContext()
                                .getAccessibleName())
                        .toList());
    }

    public int firstVisible() {
        return OnScreen.inEventThread(timeline()::firstVisible);
    }

    public int lastVisible() {
        return OnScreen.inEventThread(timeline()::lastVisible);
    }

    public ShownLines focus() {
        robot.focusAndWaitForFocusGain(timeline());
        return this;
    }

    public ShownLines press(int... keys) {
        robot.pressAndReleaseKeys(keys);
        robot.waitForIdle();
        return this;
    }
}

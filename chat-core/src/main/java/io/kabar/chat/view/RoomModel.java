package io.kabar.chat.view;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.view.words.PayloadWording;
import io.kabar.chat.view.words.Reading;
import io.kabar.chat.view.words.VisibleText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One room as its member sees it. Confined to the model's executor. */
public final class RoomModel {

    private final RoomName name;
    private UserName self;
    /** How the other one of a direct conversation is called. */
    private UserName partner = WaitingConversation.SOMEBODY;

    private final Transcript transcript;
    private final AmendedLines amended;
    private final Roster roster = new Roster();
    private final Typing typing = new Typing();
    private final Talkers talkers = new Talkers();
    private final Unread unread = new Unread();
    private final Voice voice = new Voice();

    private long newsFrom;
    private String topic = "";
    private String retention = "";
    private long head;
    private long seen;
    private @Nullable SinceLeft sinceLeft;
    private RoomState found;
    /** Whether what was there before is still arriving, for the first time. */
    private boolean restoring = true;

    /**
     * A room as it was found.
     *
     * @param newsFrom what is older than this event is history, and not unread
     * @param left where the user left it the last time
     * @param lines how many of them are kept
     */
    RoomModel(
            RoomState found, long newsFrom, Optional<ReadMarker> left, UserName self, Observers observers, int lines) {
        this.name = found.name();
        this.self = self;
        this.transcript = new Transcript(name, observers, lines);
        this.amended = new AmendedLines(transcript, observers);
        this.newsFrom = newsFrom;
        this.found = found;
        this.sinceLeft = left.map(marker -> new SinceLeft(marker, found, transcript, unread))
                .orElse(null);
        entered(found);
    }

    /** Its name. */
    public RoomName name() {
        return name;
    }

    /** Somebody of this name is on the other side, if the server has not said who. */
    void isWith(UserName name) {
        partner = found.partner().orElse(name);
    }

    /** Who is on the other side of a direct conversation. */
    Optional<UserName> partner() {
        return name.isDirect() ? Optional.of(partner) : Optional.empty();
    }

    /** What to call it: {@code #lobby}, or the name of the other side of a direct conversation. */
    public String title() {
        return name.isDirect() ? String.valueOf(partner) : name.toString();
    }

    /** Its topic; empty if it has none. */
    public String topic() {
        return topic;
    }

    /** What is kept and for how long, in a sentence. */
    public String retention() {
        return retention;
    }

    /** A message as an answer to it quotes it. */
    Reading.Quote quote(long sequence) {
        return amended.quote(sequence);
    }

    /** Whether this user may speak here, and what else is set for it. */
    public Voice voice() {
        return voice;
    }

    /** What was said and done. */
    public Transcript transcript() {
        return transcript;
    }

    /** Who is in it: owners, staff, then everybody by name. */
    public List<Member> roster() {
        return roster.sorted();
    }

    /** How many are in it: more than {@link #roster()} has where not all are told, as in a quiet room. */
    public int inside() {
        return roster.inside();
    }

    /** Somebody in it. */
    public Optional<Member> member(UserName who) {
        return roster.find(who);
    }

    /** Who is writing, others only. */
    public List<UserName> typing(Instant now) {
        return typing.at(now);
    }

    /** Others who have spoken, the latest first; whom one is most likely to answer. */
    public List<UserName> talkers() {
        return talkers.latestFirst();
    }

    /** Number of the newest event known to have happened. */
    public long head() {
        return head;
    }

    /** Events that have happened and have not arrived yet. */
    public long behind() {
        return head - seen;
    }

    /** Messages of others since this room was last looked at. */
    public int unread() {
        return unread.messages();
    }

    /** How many of the unread ones name this user; all of them in a direct conversation. */
    public int mentions() {
        return unread.mentions();
    }

    /** Number of the newest event the user has had before their eyes; 0 if none. */
    public long readTo() {
        long read = unread.readTo(seen);
        return sinceLeft == null ? read : Math.max(read, sinceLeft.leftAt());
    }

    /** The same place, as one keeps it. */
    public LogPosition read() {
        return found.position(readTo());
    }

    /** Whether an event happened since the user was here the last time; not if it is not known when that was. */
    public boolean isNewSinceLeft(long sequence) {
        return sinceLeft != null && sinceLeft.isNew(sequence);
    }

    /**
     * The {@linkplain TranscriptLine#id() line} before which a view draws its "new" mark; it stays until this room is
     * left and something new is said, so that the reader finds their place.
     */
    public OptionalLong firstUnread() {
        return unread.firstLine();
    }

    /** From event {@code from} on the room's log is not the one that is shown. */
    void historyChanged(Instant now, long from) {
        transcript.differFrom(from);
        amended.clear();
        transcript.notice(now, TranscriptLine.Notice.Kind.GAP, Wording.historyChanged(from));
        seen = Math.min(seen, from - 1);
        head = seen;
        unread.differsFrom(from);
        if (sinceLeft != null && sinceLeft.leftAt() >= from) {
            sinceLeft = null;
        }
        newsFrom = 0;
    }

    void entered(RoomState state) {
        found = state;
        newsFrom = newsFrom == 0 ? state.lastSequence() + 1 : newsFrom;
        partner = state.partner().orElse(partner);
        topic = VisibleText.onOneLine(found.topic());
        voice.set(found.settings());
        retention = VisibleText.onOneLine(found.retention());
        roster.reset(found.members(), found.inside());
        head = Math.max(head, found.lastSequence());
        seen = Math.max(seen, found.firstRestored() - 1);
        transcript.beginAfter(seen);
    }

    /** Whether the event is new; one that was seen already changes nothing. */
    boolean apply(ChatEvent event, Instant now, boolean ignored, boolean watched) {
        if (event.sequence() <= seen) {
            return false;
        }
        seen = event.sequence();
        head = Math.max(head, seen);
        if (event.sequence() > found.lastSequence() && !event.from().equals(self)) {
            partner = event.from(); // who may be called otherwise since
        }
        event.content().accept(applying(event, now, ignored, watched)).run();
        if (changesRoster(event)) {
            roster.apply(event);
        }
        return true;
    }

    private Content.Visitor<Runnable> applying(ChatEvent event, Instant now, boolean ignored, boolean watched) {
        return new Content.Visitor<>() {
            @Override
            public Runnable said(Content.Said said) {
                String text = VisibleText.of(said.text());
                return () -> applySaid(event, text, said.action(), now, ignored, watched);
            }

            @Override
            public Runnable data(ProgramContent.Data data) {
                String text = PayloadWording.of(data.payload());
                return () -> applySaid(event, text, false, now, ignored, watched);
            }

            @Override
            public Runnable valueSet(ProgramContent.ValueSet set) {
                return () -> {}; // what programs keep for each other is no news to people
            }

            @Override
            public Runnable topic(Content.Topic set) {
                return () -> applyTopic(event);
            }

            @Override
            public Runnable other(Content content) {
                if (content instanceof Amendment) {
                    return () -> applyAmendment(event);
                }
                return content.isComingOrGoing() ? () -> applyMove(event) : () -> applyChange(event);
            }
        };
    }

    private void applyAmendment(ChatEvent event) {
        transcript.silent(event.sequence());
        amended.apply(event, self, event.sequence() >= newsFrom);
    }

    private void applyChange(ChatEvent event) {
        transcript.notice(event.sequence(), event.time(), TranscriptLine.Notice.Kind.INFO, Wording.of(event));
    }

    private void applyMove(ChatEvent event) {
        transcript.move(event.sequence(), event.time(), event.from(), event.isJoined(), event.text());
        if (event.isLeft()) {
            typing.stopped(event.from());
        }
    }

    private void applyTopic(ChatEvent event) {
        String text = VisibleText.onOneLine(event.text());
        transcript.notice(
                event.sequence(), event.time(), TranscriptLine.Notice.Kind.TOPIC, Wording.topic(event.from(), text));
        if (changesRoster(event)) {
            topic = text;
        }
    }

    private void applySaid(
            ChatEvent event, String text, boolean action, Instant now, boolean ignored, boolean watched) {
        boolean own = event.from().equals(self);
        typing.stopped(event.from());
        if (own) {
            if (event.sequence() >= newsFrom) {
                voice.spoke(now);
            }
            transcript.returned(event.sequence(), text, action);
        } else if (ignored) {
            return;
        } else {
            talkers.spoke(event.from());
        }
        boolean restored = event.sequence() < newsFrom;
        if (restored && !own && sinceLeft != null) {
            sinceLeft.said(event, now);
        }
        boolean mention = !own && (name.isDirect() || Mentions.of(self, text));
        long id = transcript.said(
                event.sequence(),
                id1 -> new TranscriptLine.Said(
                        id1,
                        event.time(),
                        event.from(),
                        amended.read(event, text),
                        action,
                        own,
                        mention,
                        restored,
                        SendState.accepted(event.sequence())));
        if (!own && !restored && !watched) {
            unread.said(event.sequence(), id, mention);
        }
    }

    /**
     * Once all that was there before has arrived, says what it was and where one is: below it, where the reader is.
     */
    void arrived(Instant now) {
        if (!restoring || seen < found.lastSequence()) {
            return;
        }
        restoring = false;
        if (sinceLeft != null) {
            sinceLeft.tell(now);
        }
        transcript.notice(now, TranscriptLine.Notice.Kind.INFO, Wording.entered(this, now));
    }

    /** Whether asking for older events makes sense; if not, a line at the top says why. */
    boolean mayHaveOlder() {
        if (!transcript.hasTop()) {
            tellTop(transcript.oldest().equals(OptionalLong.of(1)));
        }
        return !transcript.hasTop();
    }

    private void tellTop(boolean isBeginning) {
        if (isBeginning || transcript.isFull()) {
            transcript.top(isBeginning ? Wording.beginning(this) : Wording.full(transcript.capacity()));
        }
    }

    /**
     * Shows a page that ends where what is shown begins. Where the user left may be in it: then that is where the "new"
     * mark stands.
     */
    void older(HistoryPage page, Instant now, Predicate<UserName> ignored) {
        List<ChatEvent> events = page.events();
        restored(page, ignored);
        if (!events.isEmpty()) {
            transcript.completeFrom(events.get(0).sequence());
            if (sinceLeft != null) {
                sinceLeft.older(events.get(0).sequence(), ofOthers(events, ignored), now);
            }
        }
        tellTop(!page.hasOlder());
    }

    private List<ChatEvent> ofOthers(List<ChatEvent> events, Predicate<UserName> ignored) {
        return events.stream()
                .filter(event -> event.isMessage() && !event.from().equals(self) && !ignored.test(event.from()))
                .toList();
    }

    /**
     * Shows what was said in the past, each line in its place and once; it is no news. What has not arrived yet will
     * come by itself. Who came and went then is left out.
     */
    void restored(HistoryPage page, Predicate<UserName> ignored) {
        amended.merge(page.amended());
        restored(page.events(), ignored);
    }

    /** The same of events of which nobody has told what was done to them later. */
    void restored(List<ChatEvent> events, Predicate<UserName> ignored) {
        new PastEvents(transcript, self, ignored, amended)
                .show(events.stream()
                        .takeWhile(event -> event.sequence() <= seen)
                        .toList());
        amended.shown(events);
    }

    /** What happened before this client was told who is here has had its effect already. */
    private boolean changesRoster(ChatEvent event) {
        return event.sequence() > found.lastSequence();
    }

    void gone(Instant now, long from, long to) {
        seen = Math.max(seen, to);
        head = Math.max(head, seen);
        transcript.notice(now, TranscriptLine.Notice.Kind.GAP, Wording.gone(from, to));
    }

    /** This user has another name. */
    void renamed(UserName after) {
        self = after;
    }

    Roster people() {
        return roster;
    }

    void typing(UserName who, Instant now) {
        if (!who.equals(self)) {
            typing.heard(who, now);
        }
    }

    /** Whether there was anything unread. */
    boolean markRead() {
        return unread.markRead();
    }

    /** The user has read up to here on another device; whether less is unread now. */
    boolean readElsewhere(long sequence) {
        return unread.readUpTo(sequence);
    }
}

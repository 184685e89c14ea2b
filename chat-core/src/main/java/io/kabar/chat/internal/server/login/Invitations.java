package io.kabar.chat.internal.server.login;

import io.kabar.chat.Author;
import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.Permissions;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.ServerRecords.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Invitations: who makes and ends them, and what whoever shows one gets. Each is a record of the server's, in which
 * nothing stands but a hash of its secret; so is each use of one that not any number may use. A use is taken, and
 * stored, before anybody is let in by it, so of two who come at the same moment with the last one, one is let in.
 */
public final class Invitations {

    /** What becomes of rooms. */
    public interface Rooms {

        /**
         * What somebody is in a room by its log; {@link RoomRole#GUEST} if there is no such room, or they are banned.
         */
        RoomRole role(RoomName room, long account);

        /** Lets somebody into a room, with a role there if that is more than they are. */
        void letIn(RoomName room, Author whom, RoomRole role, UserName by);
    }

    /** What becomes of an invitation that is made or ended: hears exactly one of the two, once. */
    public interface Outcome {

        /** It is made, with this secret; or ended, and then there is none. */
        void done(long id, byte[] secret);

        /** It is not. */
        void failed(Refusal refusal, String sentence);
    }

    private static final String KIND = "invitation";
    private static final String USE = "invitation-use";

    /** Invitations that are good at a time; whoever may invite makes more. */
    private static final int MOST = 1000;
    /** And of those the ones that one person has made. */
    private static final int MOST_OF_ONE = 50;

    private final ServerLoop loop;
    private final Records records;
    private final RandomGenerator random;
    private final Rooms rooms;
    private final Author server;
    /** Uses that are being stored. */
    private final Set<String> redeeming = new HashSet<>(0);

    private long newest;

    /**
     * Those that the records have.
     *
     * @param server as the author of events
     */
    public Invitations(ServerLoop loop, Records records, RandomGenerator random, Author server, Rooms rooms) {
        this.server = server;
        this.loop = loop;
        this.records = records;
        this.random = random;
        this.rooms = rooms;
    }

    // Making and ending them

    /** Answers what somebody asks about invitations. */
    void answer(Request request, Query.OfAccount query, Order order) {
        User user = request.session().user();
        if (query instanceof Query.Invite invite) {
            make(request, user, invite, order);
        } else if (query instanceof Query.Invitations) {
            request.reply(new Answer.Invitations(
                    seenBy(user).stream().map(InvitationRecord::shown).toList()));
        } else if (query instanceof Query.Withdraw withdraw) {
            withdraw(seenBy(user), withdraw.id(), answering(request, (id, secret) -> new Answer.Done()));
        } else {
            request.refuse(Refusal.UNSUPPORTED);
        }
    }

    private void make(Request request, User user, Query.Invite wanted, Order order) {
        RoomName room = wanted.room().orElse(null);
        Obstacle obstacle = room == null ? null : obstacle(user, room, wanted.role());
        if (room == null && !user.may(Capability.INVITE)) {
            request.refuse(Refusal.NOT_ALLOWED, order.lacks(Capability.INVITE));
        } else if (room != null && room.isDirect()) {
            request.refuse(Refusal.NOT_ALLOWED, "Nobody else comes into a conversation of two.");
        } else if (obstacle != null) {
            request.refuse(obstacle);
        } else {
            Duration time = Duration.ofSeconds(wanted.seconds());
            InvitationTerms terms = new InvitationTerms(wanted.room(), wanted.role(), wanted.uses(), time);
            make(user.author(), terms, user.may(Capability.INVITE), answering(request, Answer.Invited::new));
        }
    }

    private static Outcome answering(Request request, BiFunction<Long, byte[], Answer> answer) {
        return new Outcome() {
            @Override
            public void done(long id, byte[] secret) {
                request.reply(answer.apply(id, secret));
            }

            @Override
            public void failed(Refusal refusal, String sentence) {
                request.refuse(refusal, sentence);
            }
        };
    }

    private @Nullable Obstacle obstacle(User user, RoomName room, RoomRole given) {
        return Permissions.toMakingLinks(
                rooms.role(room, user.author().account()).or(user.everywhere()), given);
    }

    /** Makes one in the server's own name. */
    public void makeAsServer(InvitationTerms terms, Outcome then) {
        make(server, terms, true, then);
    }

    private void make(Author by, InvitationTerms terms, boolean admits, Outcome then) {
        List<InvitationRecord> all = good();
        long own =
                all.stream().filter(each -> each.by().account() == by.account()).count();
        boolean full = !admits && (all.size() >= MOST || !records.hasPlaceForMembers());
        if (full || (own >= MOST_OF_ONE && by.account() != 0)) {
            then.failed(Refusal.BUSY, "There are as many invitations as there may be; withdraw one first.");
            return;
        }
        byte[] secret = new byte[InvitationRecord.SECRET];
        random.nextBytes(secret);
        newest = Math.max(newest + 1, loop.time().toEpochMilli());
        InvitationRecord made = new InvitationRecord(
                newest,
                InvitationRecord.hash(secret),
                loop.time().plus(terms.time()),
                terms.uses(),
                terms.uses() == 0,
                terms.role(),
                admits,
                terms.room(),
                by);
        records.put(made.entry(KIND), stored(then, made.id(), secret));
    }

    private static Records.Stored stored(Outcome then, long id, byte[] secret) {
        return new Records.Stored() {
            @Override
            public void done() {
                then.done(id, secret);
            }

            @Override
            public void failed(Refusal reason) {
                then.failed(reason, reason.sentence());
            }
        };
    }

    private void withdraw(List<InvitationRecord> among, long id, Outcome then) {
        InvitationRecord found =
                among.stream().filter(each -> each.id() == id).findFirst().orElse(null);
        if (found == null) {
            then.failed(Refusal.BAD_REQUEST, "There is no invitation " + id + " that you may withdraw.");
            return;
        }
        String key = Long.toString(id);
        removeUses(Set.of(key));
        records.remove(KIND, key, stored(then, id, new byte[0]));
    }

    /** Ends one, whoever has made it. */
    public void withdrawAny(long id, Outcome then) {
        withdraw(good(), id, then);
    }

    /** All that are good, the oldest first. */
    public List<Invitation> all() {
        return good().stream().map(InvitationRecord::shown).toList();
    }

    private List<InvitationRecord> seenBy(User user) {
        boolean all = user.may(Capability.INVITE);
        return good().stream()
                .filter(each -> all || each.by().account() == user.author().account())
                .toList();
    }

    /** Those that are good still; takes the others out. */
    private List<InvitationRecord> good() {
        List<InvitationRecord> good = new ArrayList<>();
        Set<String> over = new HashSet<>(0);
        Instant now = loop.time();
        for (String key : records.keys(KIND)) {
            InvitationRecord each = record(key);
            if (each != null && now.isBefore(each.expires())) {
                good.add(each);
            } else if (each != null) {
                over.add(key);
            }
        }
        removeUses(over);
        over.forEach(key -> records.remove(KIND, key, Records.Stored.UNHEEDED));
        return good;
    }

    /** The record of this key; null if there is none, or one of a newer version. */
    private @Nullable InvitationRecord record(String key) {
        String value = records.find(KIND, key);
        return value == null ? null : InvitationRecord.parse(key, value);
    }

    /** Forgets who has used these. */
    private void removeUses(Set<String> invitations) {
        if (invitations.isEmpty()) {
            return;
        }
        for (String use : records.keys(USE)) {
            if (invitations.contains(use.substring(0, Math.max(0, use.indexOf('.'))))) {
                records.remove(USE, use, Records.Stored.UNHEEDED);
            }
        }
    }

    // Using them

    /** The invitation of a secret that somebody shows; null if there is none that is good. */
    @Nullable
    InvitationRecord find(byte[] secret) {
        if (secret.length != InvitationRecord.SECRET) {
            return null;
        }
        String hash = InvitationRecord.hash(secret);
        return good().stream()
                .filter(each -> each.hash().equals(hash) && (each.isEndless() || each.usesLeft() > 0))
                .findFirst()
                .orElse(null);
    }

    /** Takes one use, which is somebody's who is about to register; {@code then} hears whether it is stored. */
    void take(InvitationRecord invitation, Records.Stored then) {
        if (invitation.isEndless()) {
            then.done();
        } else {
            records.put(invitation.withUses(invitation.usesLeft() - 1).entry(KIND), then);
        }
    }

    /** Whoever took a use is not let in after all. */
    void giveBack(InvitationRecord invitation) {
        InvitationRecord now = record(Long.toString(invitation.id()));
        if (now != null && !now.isEndless()) {
            records.put(now.withUses(now.usesLeft() + 1).entry(KIND), Records.Stored.UNHEEDED);
        }
    }

    /** Somebody has come in by an invitation, of which the use is taken: they get what it is for. */
    void used(InvitationRecord invitation, Account by) {
        if (!invitation.isEndless()) {
            records.put(new Entry(USE, use(invitation, by), ""), Records.Stored.UNHEEDED);
        }
        Optional<RoomName> room = invitation.room().filter(name -> holds(invitation, name));
        room.ifPresent(name -> rooms.letIn(
                name, by.author(), invitation.role(), invitation.by().name()));
    }

    /** Whether who has made it may still: the room may have another owner by now, or be another one of that name. */
    private boolean holds(InvitationRecord invitation, RoomName room) {
        RoomRole own = rooms.role(room, invitation.by().account());
        return invitation.admits() || Permissions.toMakingLinks(own, invitation.role()) == null;
    }

    /**
     * Somebody who has an account shows an invitation. It is used once by each.
     *
     * @param then runs when they have got what it is for, or nothing
     */
    void redeem(byte[] secret, Account account, Runnable then) {
        InvitationRecord found = find(secret);
        boolean isWorthless = found == null || found.room().isEmpty() || records.find(USE, use(found, account)) != null;
        if (found == null || isWorthless || !redeeming.add(use(found, account))) {
            then.run(); // there is nothing to get, or another device is getting it
            return;
        }
        take(found, Records.Stored.then(stored -> {
            redeeming.remove(use(found, account));
            if (stored) {
                used(found, account);
            }
            then.run();
        }));
    }

    private static String use(InvitationRecord invitation, Account account) {
        return invitation.id() + "." + account.id();
    }
}

package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.Sanction;
import io.kabar.chat.Sanction.Kind;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.order.AccountSanctions;
import io.kabar.chat.internal.server.order.AddressBans;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.Sessions;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bans and mutes: who may impose and lift them on whom, and what sessions feel of it. */
final class Sentencing {

    private final ServerLoop loop;
    private final Order order;
    private final Sessions sessions;
    private final Persons persons;
    private final StaffLog log;
    private final Imposed imposed;

    Sentencing(ServerLoop loop, Order order, Sessions sessions, Persons persons, StaffLog log) {
        this.loop = loop;
        this.order = order;
        this.sessions = sessions;
        this.persons = persons;
        this.log = log;
        imposed = new Imposed(persons);
    }

    /** What is wanted: for how long, and why. */
    record Wanted(Kind kind, long seconds, String reason) {

        /** The end of it; 0 seconds are for ever, and so is what would end later than there are times. */
        private Instant until(Instant now) {
            long left = Sanction.FOREVER.getEpochSecond() - now.getEpochSecond();
            return seconds == 0 || seconds >= left ? Sanction.FOREVER : now.plusSeconds(seconds);
        }
    }

    private Sanction sanction(Acting acting, Wanted wanted, Sanction.Target target) {
        Instant now = loop.time();
        return new Sanction(wanted.kind(), target, now, wanted.until(now), acting.author(), wanted.reason());
    }

    private AccountSanctions ofAccounts(Kind kind) {
        return kind == Kind.BAN ? order.bans() : order.mutes();
    }

    private static String did(Kind kind) {
        return kind == Kind.BAN ? "banned" : "muted";
    }

    // Imposing
    // -------------------------------------------------------------------------------------------------------

    /** Bans or mutes somebody. */
    void impose(Acting acting, String name, boolean withAddress, Wanted wanted) {
        if (!acting.mayNot(Capability.BAN, order)) {
            persons.find(
                    acting,
                    name,
                    person -> imposed.change(
                            acting,
                            () -> present(person.author(), wanted.kind(), withAddress),
                            () -> impose(acting, person, withAddress, wanted)));
        }
    }

    /** What holds of somebody, and of where they come from. */
    private List<Sanction> present(Author who, Kind kind, boolean withAddress) {
        List<Sanction> present = new ArrayList<>();
        Sanction own = ofAccounts(kind).find(who.account(), loop.time());
        if (own != null) {
            present.add(own);
        }
        for (Network network : withAddress ? networks(who) : Set.<Network>of()) {
            present.addAll(present(network));
        }
        return present;
    }

    private List<Sanction> present(Network network) {
        return present(order.addresses().numberOf(network));
    }

    private List<Sanction> present(long rule) {
        Sanction found = order.addresses().ofNumber(rule);
        return found == null || !found.holds(loop.time()) ? List.of() : List.of(found);
    }

    private void impose(Acting acting, Persons.Person person, boolean withAddress, Wanted wanted) {
        Author who = person.author();
        String objection = objection(acting, person);
        Set<Network> networks = withAddress ? networks(who) : Set.of();
        if (objection == null && withAddress) {
            objection = networks.isEmpty()
                    ? "Where " + who + " came from is not known; ban the account alone."
                    : objection(acting, networks);
        }
        if (objection != null) {
            acting.refuse(Refusal.NOT_ALLOWED, objection);
            return;
        }
        Sanction sanction = sanction(acting, wanted, new Sanction.Person(who));
        StoredParts parts = new StoredParts(acting, networks.size());
        ofAccounts(wanted.kind()).impose(who, sanction, parts.ofAccount());
        List<Sanction> rules = new ArrayList<>();
        for (Network network : networks) {
            rules.add(order.addresses().impose(network, sanction, parts.ofAddress()));
        }
        log(acting, wanted.kind() == Kind.BAN ? "ban" : "mute", RoomChange.Whom.of(who), sanction, rules);
        if (wanted.kind() == Kind.BAN) {
            boolean unused =
                    sessions.closeAllOf(who.name(), CloseReason.PUT_OUT, order.shortSentence(Order.BANNED, sanction));
            networks.forEach(network -> end(network, sanction));
        } else {
            persons.sessionsOf(who)
                    .forEach(session -> session.serve(
                            () -> session.say(new ServerMessage.Notice(order.sentence(Order.MUTED, sanction)))));
        }
    }

    /** Where somebody comes from, and where they came from last. */
    private Set<Network> networks(Author who) {
        Set<Network> networks = new LinkedHashSet<>();
        for (ServerSession session : persons.sessionsOf(who)) {
            networks.add(AddressBans.network(session.countedAddress()));
        }
        Network last = order.doors().cameFrom(who.account());
        if (last != null && networks.isEmpty()) {
            networks.add(last);
        }
        return networks;
    }

    /** Bans an address or a network. */
    void banNetwork(Acting acting, String text, Wanted wanted) {
        if (acting.mayNot(Capability.BAN, order) || acting.mayNot(Capability.SEE_ADDRESSES, order)) {
            return;
        }
        Network network;
        try {
            network = Network.parse(text);
        } catch (IllegalArgumentException e) {
            acting.refuse(Refusal.BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        imposed.change(acting, () -> present(network), () -> banNetwork(acting, network, wanted));
    }

    private void banNetwork(Acting acting, Network network, Wanted wanted) {
        String objection = objection(acting, Set.of(network));
        if (objection != null) {
            acting.refuse(Refusal.NOT_ALLOWED, objection);
            return;
        }
        Sanction rule =
                order.addresses().impose(network, sanction(acting, wanted, new Sanction.Addresses(0, "")), acting);
        log(acting, "ban", RoomChange.Whom.NOBODY, rule, List.of(rule));
        end(network, rule);
    }

    private void end(Network network, Sanction sanction) {
        String sentence = order.shortSentence(Order.NETWORK_BANNED, sanction);
        sessions.closeAll(session -> isFrom(session, network), CloseReason.PUT_OUT, sentence);
    }

    private static boolean isFrom(ServerSession session, Network network) {
        return network.contains(AddressBans.network(session.countedAddress()))
                || network.contains(session.remote().getAddress());
    }

    /** Why somebody cannot act against another; null if they can. */
    private @Nullable String objection(Acting acting, Persons.Person person) {
        if (acting.is(person.author())) {
            return "That is you.";
        }
        return acting.role().isAbove(person.role())
                ? null
                : person.author() + " is " + person.role().name() + " of this server; only who may more can do that.";
    }

    /** Whoever is here from these networks would be shut out with them. */
    private @Nullable String objection(Acting acting, Set<Network> networks) {
        for (ServerSession session : sessions.all()) {
            if (session.isActive() && networks.stream().anyMatch(network -> isFrom(session, network))) {
                User user = session.user();
                if (acting.is(user.author())) {
                    return "You come from there yourself.";
                } else if (!acting.role().isAbove(user.onServer())) {
                    return "Somebody is here from there against whom you may not act.";
                }
            }
        }
        return null;
    }

    private void log(Acting acting, String action, RoomChange.Whom whom, Sanction sanction, List<Sanction> rules) {
        StringBuilder text = new StringBuilder(did(sanction.kind()));
        text.append(whom.equals(RoomChange.Whom.NOBODY) ? "" : " " + whom.name() + " on the whole server");
        for (Sanction rule : rules) {
            if (rule.target() instanceof Sanction.Addresses addresses) {
                text.append(whom.equals(RoomChange.Whom.NOBODY) ? " an address" : ", and their address")
                        .append(" (rule ")
                        .append(addresses.rule())
                        .append(')');
            }
        }
        text.append(Order.until(sanction));
        if (!sanction.reason().isEmpty()) {
            text.append(": ").append(sanction.reason());
        }
        write(acting, action, whom, text.toString());
    }

    private void write(Acting acting, String action, RoomChange.Whom whom, String text) {
        log.write(acting.author(), new StaffAction(action, whom, Limits.cutLine(text)));
    }

    // Lifting
    // -------------------------------------------------------------------------------------------------------

    /** Lifts the ban or the mute of somebody, by the name they have or had then. */
    void lift(Acting acting, String name, Kind kind) {
        if (acting.mayNot(Capability.BAN, order)) {
            return;
        }
        UserName typed = persons.name(acting, name);
        if (typed == null) {
            return;
        }
        long account = ofAccounts(kind).accountOf(typed);
        if (account != 0) {
            lift(acting, new Author(account, typed), kind);
        } else {
            persons.find(acting, name, person -> lift(acting, person.author(), kind));
        }
    }

    private void lift(Acting acting, Author who, Kind kind) {
        if (acting.is(who)) {
            acting.refuse(Refusal.NOT_ALLOWED, "That is you; somebody else has to.");
        } else {
            imposed.change(acting, () -> present(who, kind, false), () -> liftNow(acting, who, kind));
        }
    }

    private void liftNow(Acting acting, Author who, Kind kind) {
        if (ofAccounts(kind).lift(who.account(), acting)) {
            write(
                    acting,
                    kind == Kind.BAN ? "unban" : "unmute",
                    RoomChange.Whom.of(who),
                    "let " + who + (kind == Kind.BAN ? " come again" : " speak again"));
        } else {
            acting.refuse(Refusal.NO_SUCH_USER, who + " is not " + did(kind) + " on this server.");
        }
    }

    /** Lifts the ban of an address or network. */
    void liftRule(Acting acting, long rule) {
        if (acting.mayNot(Capability.BAN, order)) {
            return;
        }
        imposed.change(acting, () -> present(rule), () -> liftRuleNow(acting, rule));
    }

    private void liftRuleNow(Acting acting, long rule) {
        if (order.addresses().lift(rule, acting)) {
            write(acting, "unban", RoomChange.Whom.NOBODY, "lifted rule " + rule);
        } else {
            acting.refuse(Refusal.BAD_REQUEST, "There is no rule " + rule + ".");
        }
    }

    // Telling
    // -------------------------------------------------------------------------------------------------------

    /** Tells all that hold. */
    void list(Acting acting, Kind kind) {
        if (acting.mayNot(Capability.BAN, order)) {
            return;
        }
        List<Sanction> all = ofAccounts(kind).list(loop.time());
        if (kind == Kind.BAN) {
            boolean sees = acting.role().allows(Capability.SEE_ADDRESSES);
            for (Sanction rule : order.addresses().list(loop.time())) {
                all.add(sees ? rule : rule.withoutAddress());
            }
        }
        acting.tellSanctions(all);
    }
}

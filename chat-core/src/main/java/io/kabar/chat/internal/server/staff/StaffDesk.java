package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomChange;
import io.kabar.chat.Sanction.Kind;
import io.kabar.chat.StaffAction;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.RequestTaker;
import io.kabar.chat.internal.server.session.Sessions;
import io.kabar.chat.internal.server.staff.Sentencing.Wanted;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.Switches;

/** Takes what people ask, and want done, about each other on the whole server. */
public final class StaffDesk implements RequestTaker {

    private final ServerLoop loop;
    private final Author server;
    private final Order order;
    private final Sentencing sentencing;
    private final Acquaintances acquaintances;
    private final Reports reports;
    private final RoomBans roomBans;
    private final StaffRooms rooms;

    /**
     * Nobody has asked yet.
     *
     * @param server by which the server itself acts
     */
    public StaffDesk(
            ServerLoop loop, Author server, Order order, Sessions sessions, Persons persons, StaffRooms rooms) {
        this.loop = loop;
        this.server = server;
        this.order = order;
        this.rooms = rooms;
        sentencing = new Sentencing(loop, order, sessions, persons, rooms);
        acquaintances = new Acquaintances(order.blocks(), persons, rooms);
        reports = new Reports(rooms);
        roomBans = new RoomBans(loop, order.doors(), persons, rooms);
        order.tellNews(sentence ->
                rooms.write(server, new StaffAction("flood", RoomChange.Whom.NOBODY, Limits.cutLine(sentence))));
    }

    @Override
    public boolean take(Request request, Query query) {
        if (!(query instanceof OrderQuery asked)) {
            return false;
        }
        Asking asking = new Asking(request);
        if (request.admit() && !takeOfEverybody(asking, asked)) {
            takeOfStaff(asking, asked);
        }
        return true;
    }

    private boolean takeOfEverybody(Asking asking, OrderQuery query) {
        if (query instanceof OrderQuery.Report q) {
            reports.report(asking, q, loop.now());
        } else if (query instanceof OrderQuery.WhoIs q) {
            acquaintances.whois(asking, q.name());
        } else if (query instanceof OrderQuery.BlockPerson q) {
            acquaintances.block(asking, q.name());
        } else if (query instanceof OrderQuery.UnblockPerson q) {
            acquaintances.unblock(asking, q.name());
        } else if (query instanceof OrderQuery.ShutOut q) {
            roomBans.shutOut(asking, q);
        } else if (query instanceof OrderQuery.Blocked) {
            acquaintances.tellBlocked(asking);
        } else {
            return false;
        }
        return true;
    }

    private void takeOfStaff(Acting acting, OrderQuery query) {
        if (query instanceof OrderQuery.Ban q) {
            sentencing.impose(acting, q.name(), q.withAddress(), new Wanted(Kind.BAN, q.seconds(), q.reason()));
        } else if (query instanceof OrderQuery.BanNetwork q) {
            sentencing.banNetwork(acting, q.network(), new Wanted(Kind.BAN, q.seconds(), q.reason()));
        } else if (query instanceof OrderQuery.Unban q) {
            sentencing.lift(acting, q.name(), Kind.BAN);
        } else if (query instanceof OrderQuery.UnbanRule q) {
            sentencing.liftRule(acting, q.rule());
        } else if (query instanceof OrderQuery.Bans) {
            sentencing.list(acting, Kind.BAN);
        } else if (query instanceof OrderQuery.Mute q) {
            sentencing.impose(acting, q.name(), false, new Wanted(Kind.MUTE, q.seconds(), q.reason()));
        } else if (query instanceof OrderQuery.Unmute q) {
            sentencing.lift(acting, q.name(), Kind.MUTE);
        } else if (query instanceof OrderQuery.Mutes) {
            sentencing.list(acting, Kind.MUTE);
        } else if (query instanceof OrderQuery.SetSwitches q) {
            set(acting, q.switches());
        } else if (query instanceof OrderQuery.AskSwitches) {
            tellSwitches(acting);
        }
    }

    // Switches
    // -------------------------------------------------------------------------------------------------------

    private void set(Acting acting, Switches switches) {
        if (acting.mayNot(Capability.EMERGENCY, order)) {
            return;
        }
        if (switches.equals(order.switches().present())) {
            acting.done();
            return;
        }
        rooms.write(acting.author(), new StaffAction("switch", RoomChange.Whom.NOBODY, "switched: " + words(switches)));
        order.switches().set(switches, acting);
    }

    private static String words(Switches switches) {
        return "newcomers " + (switches.newcomers() ? "off" : "on") + ", new rooms "
                + (switches.newRooms() ? "off" : "on") + ", slow mode "
                + (switches.slowSeconds() == 0 ? "off" : switches.slowSeconds() + " seconds");
    }

    private void tellSwitches(Acting acting) {
        if (!acting.mayNot(Capability.EMERGENCY, order)) {
            acting.tell(order.switches().present());
        }
    }

    // The host program
    // -------------------------------------------------------------------------------------------------------

    /** The host program, in the server's name, wants what the staff may. */
    public void take(long callId, OrderQuery query) {
        takeOfStaff(new HostActing(loop, server, callId), query);
    }
}

package io.kabar.chat.internal.wire.message;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.rules.RoomRole;
import java.util.List;

/** The numbers of enumerations on the wire: places in these lists, to which later versions may only append. */
final class WireCodes {
    static final List<LoginMethods.Method> METHODS =
            List.of(LoginMethods.Method.NONE, LoginMethods.Method.SCRAM_SHA_256, LoginMethods.Method.TOKEN);
    static final List<ClientMessage.TargetKind> TARGETS =
            List.of(ClientMessage.TargetKind.ROOM, ClientMessage.TargetKind.PERSON);
    static final List<JoinHistory.Kind> HISTORY = List.of(JoinHistory.Kind.LAST, JoinHistory.Kind.FROM);
    static final List<Role> ROLES = List.of(Role.MEMBER, Role.STAFF, Role.OWNER);
    static final List<RoomRole> ROOM_ROLES = List.of(RoomRole.values());
    static final List<Presence> PRESENCES = List.of(Presence.HERE, Presence.AWAY, Presence.RECONNECTING);

    /** The last second that a time on the wire can be in: far behind the year 9999. */
    static final long LAST_SECOND = 1L << 40;

    private WireCodes() {}
}

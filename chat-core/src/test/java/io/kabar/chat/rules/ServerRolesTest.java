package io.kabar.chat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerRolesTest {

    private static final ServerRole HELPER = new ServerRole("helper", Set.of(Capability.READ_STAFF_LOG));

    @Test
    void every_server_has_member_staff_and_owner() {
        assertThat(ServerRoles.STANDARD.find("member").capabilities()).isEmpty();
        assertThat(ServerRoles.STANDARD.find("staff").allows(Capability.BAN)).isTrue();
        assertThat(ServerRoles.STANDARD.find("staff").allows(Capability.SEE_ADDRESSES))
                .isFalse();
        assertThat(ServerRoles.STANDARD.find("owner").capabilities()).containsExactlyInAnyOrder(Capability.values());
    }

    @Test
    void a_server_may_have_roles_of_its_own() {
        ServerRole gentle = new ServerRole("staff", Set.of(Capability.READ_STAFF_LOG));
        ServerRoles roles = ServerRoles.of(List.of(HELPER, gentle));
        assertThat(roles.find("helper")).isEqualTo(HELPER);
        assertThat(roles.find("staff")).isEqualTo(gentle);
        assertThat(roles.namesWith(Capability.READ_STAFF_LOG)).containsExactly("staff", "owner", "helper");
        assertThatThrownBy(() -> ServerRoles.of(List.of(new ServerRole("owner", Set.of()))))
                .hasMessage("The role owner is as it is on every server.");
    }

    @Test
    void a_role_that_nobody_knows_allows_nothing() {
        assertThat(ServerRoles.STANDARD.knows("helper")).isFalse();
        assertThat(ServerRoles.STANDARD.find("helper")).isEqualTo(new ServerRole("helper", Set.of()));
        assertThat(ServerRoles.STANDARD.find("no name!")).isEqualTo(ServerRole.MEMBER);
        assertThatThrownBy(() -> new ServerRole("no name!", Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_acts_against_those_who_may_less() {
        assertThat(ServerRole.STAFF.isAbove(ServerRole.MEMBER)).isTrue();
        assertThat(ServerRole.STAFF.isAbove(HELPER)).isTrue();
        assertThat(ServerRole.STAFF.isAbove(ServerRole.STAFF)).isFalse();
        assertThat(ServerRole.STAFF.isAbove(ServerRole.OWNER)).isFalse();
        assertThat(ServerRole.MEMBER.isAbove(ServerRole.MEMBER)).isFalse();
        assertThat(ServerRole.OWNER.isAbove(ServerRole.OWNER))
                .as("somebody has to be able to")
                .isTrue();
        ServerRole banner = new ServerRole("banner", Set.of(Capability.BAN, Capability.INVITE));
        assertThat(banner.isAbove(HELPER)).as("it lacks what the other may").isFalse();
    }
}

package io.kabar.storage.csv.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose texts are exported and erased. */
class WhoseTest {

    private static Account account(String name) {
        return new Account(0, new UserName(name), Optional.empty(), Optional.empty(), Account.MEMBER, Instant.EPOCH);
    }

    private static boolean means(String typed, String written, String... accounts) {
        List<Account> all = List.of(accounts).stream().map(WhoseTest::account).toList();
        return new Whose(new UserName(typed), all).test(new UserName(written));
    }

    @Test
    void without_an_account_every_spelling_means_the_same_person() {
        assertThat(means("ada", "Ada")).isTrue();
        assertThat(means("ada", "eve")).isFalse();
    }

    @Test
    void an_account_is_meant_by_every_spelling_of_it() {
        assertThat(means("ADA", "Ada", "Ada", "eve")).isTrue();
        assertThat(means("ADA", "ada", "Ada", "eve")).isTrue();
        assertThat(means("ada", "eve", "Ada", "eve")).isFalse();
    }

    @Test
    void of_two_accounts_that_look_alike_neither_is_taken_for_the_other() {
        assertThat(means("b0b", "b0b", "bob", "b0b")).isTrue();
        assertThat(means("b0b", "bob", "bob", "b0b")).isFalse();
        assertThat(means("bob", "b0b", "bob", "b0b")).isFalse();
        assertThat(means("BOB", "bob", "bob", "b0b")).isTrue();
    }

    @Test
    void who_has_no_account_is_nobody_with_one() {
        assertThat(means("zoe", "ada", "ada")).isFalse();
    }
}

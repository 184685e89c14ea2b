package io.kabar.cli.chat;

import io.kabar.cli.config.ClientConfig;
import io.kabar.cli.config.Profile;
import io.kabar.cli.connect.Target;
import java.util.List;
import java.util.Optional;

/**
 * Where a chat begins.
 *
 * @param profile what its user has written down of that server, if they named it by a name of their own
 */
record Start(Target target, Optional<Profile> profile) {

    /**
     * What was typed: a name of the configuration, or a link or host.
     *
     * @throws IllegalArgumentException with a sentence, if it is none of these
     */
    static Start of(ClientConfig config, List<String> words) {
        Optional<Profile> profile =
                words.size() == 1 ? Optional.ofNullable(config.profiles().get(words.get(0))) : Optional.empty();
        return new Start(
                Target.parse(profile.map(found -> List.of(found.link())).orElse(words)), profile);
    }
}

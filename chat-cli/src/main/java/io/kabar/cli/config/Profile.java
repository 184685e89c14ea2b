package io.kabar.cli.config;

import io.kabar.chat.UserName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server that its user has given a name of their own.
 *
 * @param link its link, or its host and perhaps port
 * @param user who they are there
 * @param room the room to enter
 * @param passwordFile the file whose first line is the password
 */
public record Profile(String link, Optional<UserName> user, Optional<String> room, Optional<Path> passwordFile) {}

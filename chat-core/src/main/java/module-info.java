/** Kabar: secure, roaming chat over UDP. Open {@code io.kabar.chat.server} or {@code io.kabar.chat.client} first. */
@org.jspecify.annotations.NullMarked
module io.kabar.chat {
    requires static transitive org.jspecify;
    requires org.slf4j;
}

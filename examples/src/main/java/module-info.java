/** Small programs that use Kabar as anybody would. */
@org.jspecify.annotations.NullMarked
module io.kabar.examples {
    requires io.kabar.chat;
    requires io.kabar.storage.csv;
    requires java.desktop;
    requires java.sql;
    requires static org.jspecify;
}

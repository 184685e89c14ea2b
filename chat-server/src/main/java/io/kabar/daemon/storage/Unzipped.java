package io.kabar.daemon.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An archive, unpacked as far as its files have names that {@link DataExport} gives. No other name is ever used as a path.
 *
 * @param isData whether there was a room or an account in it
 */
record Unzipped(boolean isData) {

    private static final Pattern ROOM_FILE = Pattern.compile(
            "rooms/([a-z0-9_%A-F-]{1,200}~?/)+(messages-\\d{12,18}\\.csv|room\\.csv|last\\.csv|messages\\.csv)");

    static Unzipped into(Path folder, Path file, ImportReport report) throws IOException {
        boolean data = false;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.endsWith("/messages.csv") && ROOM_FILE.matcher(name).matches()) {
                    throw new IOException("it is the copy of what one person said, without what others answered");
                }
                boolean known = ROOM_FILE.matcher(name).matches()
                        || name.equals(DataFolder.USERS)
                        || DataExport.SECRETS.contains(name);
                if (known) {
                    Path target = folder.resolve(name);
                    Files.createDirectories(target.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                    data |= !DataExport.SECRETS.contains(name);
                } else if (!entry.isDirectory()) {
                    report.leftOut("files of the archive that are no part of a data folder", name);
                }
            }
        } catch (ZipException e) {
            throw new IOException("it is no whole zip archive", e);
        }
        return new Unzipped(data);
    }
}

package io.kabar.chat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.kabar.chat.ServerKey;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** State lives with its owner ({@code docs/adr/0014-state-with-its-owner.md}). */
class OwnershipTest {

    private static final String INTERNAL = "io.kabar.chat.internal.";

    /** Things a constructor takes at most: who needs more borrows what belongs to others. */
    private static final int PARAMETERS = 7;

    /** Classes with fields that are still used from another file; who gives them their owner takes the name out. */
    private static final Set<String> BORROWED = Set.of();

    /** Constructors that still take more. */
    private static final Set<String> LARGE = Set.of("FrameHandler", "NameTable", "Path", "Roaming", "Transmitter");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(ServerKey.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void no_field_that_changes_is_used_from_another_file() {
        Set<String> borrowed = new TreeSet<>();
        for (JavaClass type : LIBRARY) {
            if (isIn(type, "server") || isIn(type, "client")) {
                for (JavaField field : type.getFields()) {
                    if (mayChange(field) && field.getAccessesToSelf().stream().anyMatch(OwnershipTest::isForeign)) {
                        borrowed.add(simpleName(type));
                    }
                }
            }
        }
        assertThat(borrowed).isSubsetOf(BORROWED);
    }

    @Test
    void no_constructor_takes_more_than_one_keeps_in_mind() {
        Set<String> large = new TreeSet<>();
        for (JavaClass type : LIBRARY) {
            if (type.getPackageName().startsWith(INTERNAL) && !type.isRecord() && !type.isEnum()) {
                for (JavaConstructor constructor : type.getConstructors()) {
                    if (constructor.getRawParameterTypes().size() > PARAMETERS) {
                        large.add(simpleName(type));
                    }
                }
            }
        }
        assertThat(large).isSubsetOf(LARGE);
    }

    /** Or the rules would hold of nothing. */
    @Test
    void classes_of_both_sides_are_looked_at() {
        assertThat(LIBRARY.stream().filter(type -> isIn(type, "server"))).hasSizeGreaterThan(50);
        assertThat(LIBRARY.stream().filter(type -> isIn(type, "client"))).hasSizeGreaterThan(10);
    }

    private static boolean isIn(JavaClass type, String side) {
        String name = type.getPackageName() + ".";
        return name.startsWith(INTERNAL + side + ".");
    }

    private static boolean mayChange(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.PRIVATE)
                && !field.getModifiers().contains(JavaModifier.FINAL);
    }

    private static boolean isForeign(JavaFieldAccess access) {
        return !file(access.getOriginOwner()).equals(file(access.getTargetOwner()));
    }

    /** The class whose file it is in. */
    private static String file(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static String simpleName(JavaClass type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1).replace('$', '.');
    }
}

package io.lockstep.tools.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.lockstep.codecs.HotPath;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be read from a class file of the rules of the hot path. That nothing is allocated is measured by each hot
 * class's own test; a synchronized block cannot be read here, so the style check refuses the word.
 */
class HotPathTest {
    private static final Pattern SLOW_PACKAGES =
            Pattern.compile("java\\.util\\.(stream|logging|concurrent(?!\\.atomic)).*|org\\.slf4j.*");

    /** A list of few things may be walked by index; whatever makes an iterator of it is refused below. */
    private static final Set<String> INDEXED =
            Set.of("java.util.List", "java.util.ArrayList", "java.util.Collection");

    private static final Pattern SLOW_CALLS = Pattern.compile("java\\.lang\\.(String\\.(format|formatted|join|split)"
            + "|Object\\.(wait|notify|notifyAll)"
            + "|Thread\\.(?!onSpinWait$).*"
            + "|System\\.(out|err|gc|getProperty|getenv))"
            + "|java\\.(util|lang)\\.\\w*\\.(iterator|listIterator|spliterator|forEach|stream|parallelStream|subList)");

    private static final ArchRule RULE = noClasses()
            .that(describe("are on the hot path", HotPathTest::isHot))
            .should()
            .dependOnClassesThat(describe("block, allocate or log", HotPathTest::isSlow))
            .orShould()
            .accessTargetWhere(describe("blocks, allocates or logs", HotPathTest::isSlowCall))
            .allowEmptyShould(true);

    @Test
    void hotPathKeepsItsRules() {
        assertTrue(Project.CLASSES.stream().anyMatch(HotPathTest::isHot), "no class is marked");
        RULE.check(Project.CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                HotSamples.Locks.class,
                HotSamples.Streams.class,
                HotSamples.Formats.class,
                HotSamples.Prints.class,
                HotSamples.Logs.class,
                HotSamples.WalksList.class,
                HotSamples.KeepsMap.class,
                HotSamples.Sleeps.class,
                HotSamples.Outer.Inner.class
            })
    void whatIsTooSlowIsFound(final Class<?> sample) {
        assertTrue(RULE.evaluate(imported(sample)).hasViolation(), sample.getSimpleName() + " was not found");
    }

    @Test
    void whatIsFastIsLetPass() {
        assertFalse(RULE.evaluate(imported(HotSamples.Fast.class)).hasViolation());
        assertFalse(RULE.evaluate(imported(HotSamples.Cold.class)).hasViolation());
    }

    private static JavaClasses imported(final Class<?> sample) {
        return new ClassFileImporter().importClasses(sample);
    }

    /** A class in a hot class is as hot as that. */
    private static boolean isHot(final JavaClass type) {
        return type.isAnnotatedWith(HotPath.class)
                || type.getEnclosingClass().map(HotPathTest::isHot).orElse(false);
    }

    private static boolean isSlow(final JavaClass type) {
        final JavaClass element = type.getBaseComponentType();
        final String home = element.getPackageName();
        if (SLOW_PACKAGES.matcher(home).matches()) {
            return true;
        }
        if (INDEXED.contains(element.getName())) {
            return false;
        }
        return "java.util".equals(home)
                && (element.isAssignableTo(Collection.class)
                        || element.isAssignableTo(Map.class)
                        || element.isAssignableTo(Iterator.class)
                        || element.isAssignableTo(Optional.class));
    }

    private static boolean isSlowCall(final JavaAccess<?> access) {
        return SLOW_CALLS
                .matcher(access.getTargetOwner().getName() + "." + access.getName())
                .matches();
    }
}

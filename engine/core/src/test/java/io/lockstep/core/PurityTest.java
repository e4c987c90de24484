package io.lockstep.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.lockstep.core.logic.Entry;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The core decides from what it is handed alone: its classes reach no clock, thread, file, socket or chance. */
class PurityTest {
    private static final Pattern PACKAGES = anyOf(
            "io\\.aeron.*",
            "io\\.lockstep\\.(?!core\\b|codecs\\b).*",
            "java\\.io",
            "java\\.lang\\.(ref|management)",
            "java\\.(net|rmi|security|sql)(\\..*)?",
            "java\\.nio\\.(file|channels)(\\..*)?",
            "java\\.util\\.(concurrent|logging|prefs|random)(\\..*)?",
            "(javax|jdk|sun|com\\.sun|org\\.slf4j)(\\..*)?");

    private static final Pattern CLASSES = anyOf(
            "java\\.lang\\.(Thread|ThreadLocal|ThreadGroup|System\\$Logger)",
            "java\\.lang\\.(Runtime|Process|ProcessBuilder|ProcessHandle)",
            "java\\.time\\.Clock",
            "java\\.util\\.(Random|SplittableRandom|Scanner|Timer)",
            "java\\.util\\.stream\\.Collectors",
            "java\\.util\\.(HashMap|HashSet|Hashtable|IdentityHashMap|WeakHashMap)",
            "org\\.agrona\\.(IoUtil|MarkFile|PropertyAction|SystemUtil|nio\\..*)",
            "org\\.agrona\\.concurrent\\.(.*Clock|.*Agent.*|.*IdleStrategy|errors\\..*)",
            "org\\.agrona\\.concurrent\\.(HighResolutionTimer|ShutdownSignalBarrier|SigInt|SnowflakeIdGenerator)");

    /** Calls that answer differently in each process or each time; Set.of and Map.of iterate so. */
    private static final Pattern CALLS = anyOf(
            "java\\.lang\\.System\\.(?!arraycopy$).*",
            "java\\.lang\\.Object\\.(wait|notify|notifyAll)",
            "java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)",
            "java\\.lang\\.Math\\.random",
            "java\\.time\\..*\\.now",
            "java\\.util\\..*\\.(parallel|parallelStream)",
            "java\\.util\\.(Set|Map)\\.(of|ofEntries|copyOf)",
            "java\\.util\\.(Collections\\.shuffle|Locale\\.getDefault|TimeZone\\.getDefault|UUID\\.randomUUID)");

    private static final ArchRule RULE = noClasses()
            .should()
            .dependOnClassesThat(describe("reach outside the core", PurityTest::isOutside))
            .orShould()
            .accessTargetWhere(callsOutside())
            .because("the simulator runs the core in virtual time, and every replica must decide alike")
            .allowEmptyShould(true);

    @Test
    void coreReachesNothingButItsArguments() {
        final JavaClasses core = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.lockstep.core");

        assertTrue(core.contain(Entry.class), "no classes found");
        RULE.check(core);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ImpureSamples.ReadsClock.class,
                ImpureSamples.ReadsWallClock.class,
                ImpureSamples.ReadsProperty.class,
                ImpureSamples.ReadsFlag.class,
                ImpureSamples.ReadsAgronaClock.class,
                ImpureSamples.DrawsNumber.class,
                ImpureSamples.DrawsFromMath.class,
                ImpureSamples.DrawsName.class,
                ImpureSamples.StartsThread.class,
                ImpureSamples.HoldsAtomic.class,
                ImpureSamples.OpensFile.class,
                ImpureSamples.OpensPath.class,
                ImpureSamples.OpensSocket.class,
                ImpureSamples.Prints.class,
                ImpureSamples.Logs.class,
                ImpureSamples.IteratesHashMap.class,
                ImpureSamples.IteratesSetOf.class,
                ImpureSamples.HashesIdentity.class
            })
    void whatReachesOutsideIsFound(final Class<?> sample) {
        final JavaClasses classes = new ClassFileImporter().importClasses(sample);

        assertTrue(RULE.evaluate(classes).hasViolation(), sample.getSimpleName() + " was not found");
    }

    private static boolean isOutside(final JavaClass type) {
        final JavaClass element = type.getBaseComponentType();
        if (element.isEquivalentTo(Serializable.class)) {
            return false; // Every enum, and every lambda that can be written to a stream, names it.
        }
        return CLASSES.matcher(element.getName()).matches()
                || PACKAGES.matcher(element.getPackageName()).matches();
    }

    private static DescribedPredicate<JavaAccess<?>> callsOutside() {
        return describe("answers differently each time", PurityTest::isCallOutside);
    }

    private static boolean isCallOutside(final JavaAccess<?> access) {
        return CALLS.matcher(access.getTargetOwner().getName() + "." + access.getName())
                .matches();
    }

    private static Pattern anyOf(final String... patterns) {
        return Pattern.compile(String.join("|", patterns));
    }
}

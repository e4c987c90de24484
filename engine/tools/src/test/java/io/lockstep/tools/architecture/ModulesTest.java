package io.lockstep.tools.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules, packages and libraries point one way; see docs/architecture.md. */
class ModulesTest {
    private static final String[] JAVA = {"java..", "javax..", "jdk..", "com.sun.."};
    private static final String PROJECT = "io.lockstep..";
    private static final String CODECS = "io.lockstep.codecs..";
    private static final String TRANSPORT = "io.lockstep.transport..";
    private static final String ARCHIVE = "io.lockstep.archive..";
    private static final String CORE = "io.lockstep.core..";
    private static final String SIMULATOR = "io.lockstep.simulator..";
    private static final String MATCHING = "io.lockstep.matching..";

    /** Order flows are read from files and written to them, outside of the state machine. */
    private static final String MATCHING_FLOW = "io.lockstep.matching.flow..";

    private static final String NODE = "io.lockstep.node..";
    private static final String TOOLS = "io.lockstep.tools..";
    private static final String AGRONA = "org.agrona..";
    private static final String AERON = "io.aeron..";

    /** A module's packages and the packages of the project and of libraries that it may see besides its own. */
    record Module(String packages, DescribedPredicate<JavaClass> seen) {
        @Override
        public String toString() {
            return packages;
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleSeesOnlyWhatStandsBeforeIt(final Module module) {
        classes()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                        .or(resideInAPackage(module.packages()))
                        .or(module.seen()))
                .allowEmptyShould(true)
                .check(Project.CLASSES);
    }

    @Test
    void everyClassBelongsToOneOfTheModules() {
        final String[] packages = modules().map(Module::packages).toArray(String[]::new);

        classes().should().resideInAnyPackage(packages).check(Project.CLASSES);
    }

    @Test
    void noTwoPackagesImportEachOther() {
        slices().matching("io.lockstep.(**)").should().beFreeOfCycles().check(Project.CLASSES);
    }

    @Test
    void matchingReachesNothingButItsArguments() {
        noClasses()
                .that()
                .resideInAPackage(MATCHING)
                .and()
                .resideOutsideOfPackage(MATCHING_FLOW)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.net..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..")
                        .or(assignableTo(Thread.class))
                        .or(assignableTo(Clock.class))
                        .or(assignableTo(Random.class)))
                .because("it is a state machine, and every replica must reach the same state")
                .allowEmptyShould(true)
                .check(Project.CLASSES);
    }

    @Test
    void toolsLookAtCountersAndLogsNeverAtAgents() {
        noClasses()
                .that()
                .resideInAPackage(TOOLS)
                .should()
                .dependOnClassesThat(assignableTo(Agent.class)
                        .and(resideInAPackage(PROJECT))
                        .and(not(resideInAPackage(TOOLS))))
                .allowEmptyShould(true)
                .check(Project.CLASSES);
    }

    static Stream<Module> modules() {
        return Stream.of(
                module(CODECS, AGRONA),
                module(TRANSPORT, AGRONA, AERON, CODECS),
                module(ARCHIVE, AGRONA, AERON, CODECS, TRANSPORT),
                module(CORE, AGRONA, CODECS),
                module(SIMULATOR, AGRONA, CODECS, CORE),
                module(MATCHING, AGRONA, CODECS, CORE),
                module(NODE, AGRONA, AERON, CODECS, TRANSPORT, ARCHIVE, CORE, MATCHING),
                module(TOOLS, AGRONA, AERON, "picocli..", "org.HdrHistogram..", PROJECT));
    }

    private static Module module(final String packages, final String... seen) {
        return new Module(packages, resideInAnyPackage(seen));
    }
}

package io.lockstep.tools.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for the classes of every module: their names, whether they are final, and where settings are read. */
class ClassesTest {
    private static final Pattern READS_OF_SETTINGS =
            Pattern.compile("java\\.lang\\.(System\\.(getenv|getProperty|getProperties|setProperty|clearProperty)"
                    + "|Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)");

    @Test
    void namesAreNouns() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Manager|Helper)")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..helper..", "..common..", "..misc..")
                .because("there is a noun for what it is")
                .check(Project.CLASSES);
    }

    @Test
    void publicClassesAreFinalUnlessBuiltForExtension() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .doNotHaveModifier(ABSTRACT)
                .and()
                .areNotAssignableTo(Throwable.class)
                .and(not(resideInAnyPackage("io.lockstep.codecs.protocol", "io.lockstep.codecs.exchange")))
                .should()
                .haveModifier(FINAL)
                .because("what is built for extension is abstract")
                .check(Project.CLASSES);
    }

    @Test
    void onlyLauncherAndToolsReadSystemProperties() {
        noClasses()
                .that(not(resideInAPackage("io.lockstep.tools..")))
                .and(not(resideInAPackage("io.lockstep.node..").and(simpleNameEndingWith("Launcher"))))
                .should()
                .accessTargetWhere(describe("a setting of the process is read", ClassesTest::readsSetting))
                .because("a class is told its settings by its context")
                .check(Project.CLASSES);
    }

    @Test
    void onlyToolsAndLauncherPrint() {
        noClasses()
                .that(not(resideInAPackage("io.lockstep.tools..")))
                .and(not(resideInAPackage("io.lockstep.node..").and(simpleNameEndingWith("Launcher"))))
                .should()
                .accessTargetWhere(describe("the process's output is used", ClassesTest::prints))
                .because("what a human must hear goes to a counter, a listener or the distinct error log")
                .check(Project.CLASSES);
    }

    private static boolean readsSetting(final JavaAccess<?> access) {
        return READS_OF_SETTINGS.matcher(fullName(access)).matches();
    }

    private static boolean prints(final JavaAccess<?> access) {
        final String name = fullName(access);
        return name.equals("java.lang.System.out") || name.equals("java.lang.System.err");
    }

    private static String fullName(final JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }
}

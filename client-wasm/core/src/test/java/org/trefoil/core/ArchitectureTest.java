package org.trefoil.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What core may know: no private key, clock, randomness, I/O or log, and nothing else of ours. */
@AnalyzeClasses(packages = "org.trefoil.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NOTHING_OF_OURS_OUTSIDE =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.trefoil..").and(not(resideInAPackage("org.trefoil.core.."))));

  @ArchTest
  static final ArchRule FEW_LIBRARIES =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "org.trefoil.core..",
                  "org.bitcoinj..",
                  "org.bouncycastle..",
                  "org.jspecify..",
                  "java.lang",
                  "java.lang.annotation",
                  "java.lang.invoke",
                  "java.lang.runtime",
                  "java.io",
                  "java.math",
                  "java.nio",
                  "java.nio.charset",
                  "java.util",
                  "java.util.function",
                  "java.util.stream"));

  @ArchTest
  static final ArchRule NO_CLOCK_RANDOMNESS_OR_OUTPUT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.(Random|Date|Calendar|Timer|UUID|SplittableRandom|ServiceLoader).*"
                  + "|java\\.lang\\.(System\\$Logger|Thread|Runtime|Process.*)"
                  + "|java\\.io\\.(File|Console|PrintStream|.*Reader|.*Writer).*"
                  + "|org\\.bouncycastle\\.crypto\\.(prng|generators)\\..*")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule NO_PRIVATE_KEY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.bitcoinj\\.crypto\\.(DumpedPrivateKey|MnemonicCode|DeterministicKey"
                  + "|HDKeyDerivation|BIP38PrivateKey|KeyCrypter.*|AesKey)"
                  + "|org\\.bitcoinj\\.wallet\\..*"
                  + "|org\\.bouncycastle\\..*(Signer|PrivateKeyParameters)");

  @ArchTest
  static final ArchRule ROOMS_WITHOUT_CYCLES =
      slices().matching("org.trefoil.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule UNITS_AND_WIRE_STAND_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage("org.trefoil.core.units..", "org.trefoil.core.wire..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.trefoil.core.*")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.trefoil.core.units..", "org.trefoil.core.wire.."))));

  @ArchTest
  static final ArchRule NO_MUTABLE_STATICS =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("org.trefoil.core..")
          .should()
          .beFinal();
}

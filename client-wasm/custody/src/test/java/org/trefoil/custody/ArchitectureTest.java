package org.trefoil.custody;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;

/** What custody may know, and how its secrets are kept. */
@AnalyzeClasses(
    packages = "org.trefoil.custody",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Secrets by name, beside every class with a field that is one. */
  private static final Set<String> SECRETS =
      Set.of(
          "SecretBytes",
          "Passcode",
          "StretchedKey",
          "Mnemonic",
          "UserSeed",
          "BackupSeed",
          "PrivateNode",
          "AccountKey",
          "BirthSecrets",
          "OpenedKey",
          "LoneKey",
          "Scrypt",
          "EncryptedKeyOpening",
          "PrintedTexts",
          "PaperPile",
          "Papers",
          "WordsReading",
          "Share",
          "ShareSet",
          "BackupSheetContent");

  /** The program's own source, for it has nobody to be handed one by; never part of the vault. */
  private static final String MACHINE_ENTROPY =
      "org.trefoil.custody.recover.terminal.MachineEntropy";

  /** The program's ways to a server that a person named; never part of the vault. */
  private static final String NETWORK =
      "org\\.trefoil\\.custody\\.recover\\.terminal\\.(OverHttp|Sources|Arguments)";

  @ArchTest
  static final ArchRule OF_OURS_CORE_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.trefoil..")
                  .and(not(resideInAnyPackage("org.trefoil.core..", "org.trefoil.custody.."))));

  @ArchTest
  static final ArchRule FEW_LIBRARIES =
      classes()
          .that()
          .doNotHaveFullyQualifiedName(MACHINE_ENTROPY)
          .and()
          .haveNameNotMatching(NETWORK)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "org.trefoil..",
                  "org.bouncycastle..",
                  "org.jspecify..",
                  "org.bitcoinj.base",
                  "io.nayuki.qrcodegen",
                  "java.lang",
                  "java.lang.annotation",
                  "java.lang.invoke",
                  "java.lang.runtime",
                  "java.io",
                  "java.math",
                  "java.nio.charset",
                  "java.util",
                  "java.util.function",
                  "java.util.zip"));

  @ArchTest
  static final ArchRule C9_ENTROPY_IS_AN_ARGUMENT =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(MACHINE_ENTROPY)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.(Random|SplittableRandom|UUID|Date|Calendar|Timer|ServiceLoader).*"
                  + "|java\\.security\\..*|javax\\..*|java\\.util\\.concurrent\\..*"
                  + "|org\\.bouncycastle\\.crypto\\.(prng\\..*|CryptoServicesRegistrar)"
                  + "|org\\.bouncycastle\\.jc.*")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule C1_NOTHING_IS_PRINTED_OR_LOGGED =
      noClasses()
          .that()
          .resideOutsideOfPackage(
              "org.trefoil.custody.recover.terminal") // a program that shows the words
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(File|Console|.*Reader|.*Writer).*|org\\.slf4j\\..*"
                  + "|java\\.lang\\.System\\$Logger")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule C1_SECRETS_ARE_WIPED_AND_REDACTED =
      classes().that(areSecret()).should(beKeptAsSecrets());

  @ArchTest
  static final ArchRule C1_THE_BYTES_OF_SECRETS_STAY_IN_THEIR_ROOMS =
      methods()
          .that()
          .haveNameStartingWith("exposed")
          .should()
          .notBeDeclaredIn("org.trefoil.custody.birth")
          .andShould(
              new ArchCondition<>("be called by the rooms that compute with them only") {
                @Override
                public void check(
                    com.tngtech.archunit.core.domain.JavaMethod method, ConditionEvents events) {
                  method
                      .getCallsOfSelf()
                      .forEach(
                          call -> {
                            String room = call.getOriginOwner().getPackageName();
                            boolean fine =
                                room.matches(
                                    "org\\.trefoil\\.custody\\."
                                        + "(secret|bip39|slip39|keys|passcode|foreign|envelope\\.v1)");
                            events.add(
                                new SimpleConditionEvent(method, fine, call.getDescription()));
                          });
                }
              });

  @ArchTest
  static final ArchRule C5_ONLY_SIGN_AND_BIRTH_USE_ACCOUNT_KEYS =
      noClasses()
          .that(
              resideInAPackage("org.trefoil.custody..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.trefoil.custody.keys",
                              "org.trefoil.custody.sign",
                              "org.trefoil.custody.birth",
                              "org.trefoil.custody.recover.."))))
          .should()
          .dependOnClassesThat()
          .haveSimpleName("AccountKey");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_PROGRAM_THAT_SHOWS_WORDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.trefoil.custody.recover.terminal")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.trefoil.custody.recover.terminal");

  @ArchTest
  static final ArchRule ROOMS_WITHOUT_CYCLES =
      slices().matching("org.trefoil.custody.(*)..").should().beFreeOfCycles();

  private static DescribedPredicate<JavaClass> areSecret() {
    return new DescribedPredicate<>("are secret") {
      @Override
      public boolean test(JavaClass type) {
        if (type.isAnonymousClass() || type.isInterface()) {
          return false;
        }
        if (SECRETS.contains(type.getSimpleName())) {
          return true;
        }
        for (JavaField field : type.getFields()) {
          if (SECRETS.contains(field.getRawType().getSimpleName())
              && !field.getModifiers().contains(JavaModifier.STATIC)) {
            return true;
          }
        }
        return false;
      }
    };
  }

  private static ArchCondition<JavaClass> beKeptAsSecrets() {
    return new ArchCondition<>("be final, wiped or borrowed, redacted, and never compared") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<String> faults = new TreeSet<>();
        if (!type.getModifiers().contains(JavaModifier.FINAL)) {
          faults.add("not final");
        }
        if (type.isRecord()) {
          faults.add("a record");
        }
        if (type.tryGetMethod("equals", Object.class).isPresent()
            || type.tryGetMethod("hashCode").isPresent()) {
          faults.add("comparable");
        }
        boolean named = SECRETS.contains(type.getSimpleName());
        if (named && !type.isAssignableTo(AutoCloseable.class)) {
          faults.add("never wiped");
        }
        if (named && type.tryGetMethod("toString").isEmpty()) {
          faults.add("toString not redacted");
        }
        for (JavaField field : type.getFields()) {
          if (field.getRawType().isEquivalentTo(char[].class) && !named) {
            faults.add("characters beside a secret");
          }
        }
        events.add(
            new SimpleConditionEvent(type, faults.isEmpty(), type.getName() + ": " + faults));
      }
    };
  }
}

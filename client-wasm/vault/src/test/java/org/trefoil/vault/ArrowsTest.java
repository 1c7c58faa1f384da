package org.trefoil.vault;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.teavm.jso.JSBody;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.MessagePort;

class ArrowsTest {
  private static final Set<String> PATTERNED =
      Set.of("format", "formatted", "split", "matches", "replaceAll", "replaceFirst");

  private final JavaClasses vault =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.trefoil.vault");

  @Test
  void onlyTheOutboxSpeaksToThePage() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.trefoil.vault.port", "org.trefoil.vault.proof")
        .should()
        .callMethod(MessagePort.class, "postMessage", String.class)
        .check(vault);
  }

  @Test
  void noTextBecomesCode() {
    noMethods().should().beAnnotatedWith(JSBody.class).check(vault);
  }

  @Test
  void whatNeedsNoBrowserKnowsNone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.trefoil.vault.send", "org.trefoil.vault.wallet", "org.trefoil.vault.selftest")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.teavm..", "org.trefoil.vault.browser", "org.trefoil.vault.view")
        .check(vault);
  }

  @Test
  void onlyTheBrowserRoomKnowsTheInterop() {
    classes()
        .that()
        .resideOutsideOfPackages("org.trefoil.vault.browser", "org.trefoil.vault.standin..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("org.teavm..")
        .check(vault);
  }

  /** Else it would stop there: the loader gives the vault's frame neither camera nor network. */
  @Test
  void onlyRecoveryNamesWhatTheLoaderGivesToItAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.trefoil.vault.recovery", "org.trefoil.vault.browser")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.trefoil\\.vault\\.browser\\.(Camera|LookUp)")
        .orShould()
        .callMethod(Globals.class, "lookUp")
        .check(vault);
  }

  @Test
  void nobodyDrawsRandomnessBesideTheEntropyPort() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.trefoil.vault.standin..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.security\\.SecureRandom|java\\.util\\.Random")
        .check(vault);
  }

  @Test
  void theProofModuleIsNoPartOfTheVault() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.trefoil.vault.proof")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.trefoil.vault.proof", "org.trefoil.core.vectors", "org.trefoil.custody.vectors")
        .check(vault);
  }

  @Test
  void nothingBringsRegularExpressionsOrFormatsIntoTheVault() {
    JavaClasses compiledIn =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.trefoil.vault", "org.trefoil.core", "org.trefoil.custody");
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.trefoil.vault.standin..",
            "org.trefoil.vault.proof",
            "org.trefoil.custody.recover.terminal")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.regex", "java.text", "java.time..")
        .orShould()
        .callMethodWhere(
            describe(
                "it formats or splits by a pattern",
                call ->
                    call.getTargetOwner().isEquivalentTo(String.class)
                        && PATTERNED.contains(call.getName())))
        .check(compiledIn);
  }
}

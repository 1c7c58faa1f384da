package org.trefoil.server;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.server.policy.ApprovedSpend;

/** The arrows of the server: which room may see what. */
@AnalyzeClasses(packages = "org.trefoil", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArrowsTest {
  private static final String SERVER = "org.trefoil.server..";

  @ArchTest
  static final ArchRule roomsFormNoCycle =
      slices().matching("org.trefoil.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theServerNeverSeesTheUsersKeys =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.trefoil.custody..", "org.trefoil.vault..", "org.teavm..");

  @ArchTest
  static final ArchRule onlyStoreSpeaksSql =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.flywaydb..",
              "com.zaxxer..",
              "org.h2..",
              "org.postgresql..");

  @ArchTest
  static final ArchRule onlyAppSeesStore =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackages("org.trefoil.server.store..", "org.trefoil.server.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.trefoil.server.store..");

  @ArchTest
  static final ArchRule nobodySeesApp =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.trefoil.server.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.trefoil.server.app..");

  @ArchTest
  static final ArchRule onlyHttpServesPages =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.javalin..", "io.pebbletemplates..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule onlyChainSpeaksToNodes =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.chain..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  /** What holds the keys in a process of its own must not need what it does not believe. */
  @ArchTest
  static final ArchRule theSignerKnowsNoDatabaseNoChainAndNoVisitor =
      noClasses()
          .that()
          .resideInAPackage("org.trefoil.server.signer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "org.trefoil.server.account..",
              "org.trefoil.server.audit..",
              "org.trefoil.server.chain..",
              "org.trefoil.server.http..",
              "org.trefoil.server.mail..",
              "org.trefoil.server.members..",
              "org.trefoil.server.spend..",
              "org.trefoil.server.wallets..");

  @ArchTest
  static final ArchRule onlyMailSpeaksSmtp =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.mail..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

  @ArchTest
  static final ArchRule onlyPasskeyKnowsWebauthn =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.passkey..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.webauthn4j..", "tools.jackson..", "com.fasterxml..");

  @ArchTest
  static final ArchRule onlyCosignTouchesPrivateKeys =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.cosign..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.bitcoinj\\.crypto\\.(DeterministicKey|HDKeyDerivation|DeterministicHierarchy"
                  + "|EncryptedData|MnemonicCode)|fr\\.acinq\\..*");

  @ArchTest
  static final ArchRule onlyCosignSigns =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackage("org.trefoil.server.cosign..")
          .should()
          .callMethodWhere(
              target(
                  nameMatching("sign|fromPrivate|getPrivKey|getPrivKeyBytes")
                      .and(owner(nameMatching("org\\.bitcoinj\\.crypto\\..*")))));

  @ArchTest
  static final ArchRule onlyTheApproverApproves =
      noClasses()
          .that()
          .doNotHaveSimpleName("Approver")
          .should()
          .callConstructor(ApprovedSpend.class, String.class, HalfSigned.class);

  /** What is stretched is stretched in browsers: strangers cannot burn our memory. */
  @ArchTest
  static final ArchRule theServerStretchesNothing =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(".*(Argon2|SCrypt|BCrypt|PBKDF2|PBEKeySpec|SecretKeyFactory).*");

  @ArchTest
  static final ArchRule noRoomReadsTheWallClock =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .doNotHaveSimpleName("Main")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC");
}

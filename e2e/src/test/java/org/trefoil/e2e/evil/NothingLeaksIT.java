package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitcoinj.base.BitcoinNetwork.REGTEST;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * C1: no passcode, password, user key or backup key leaves the vault frame. A whole life of a
 * wallet, with a send and a change of password, is recorded on the wire; afterwards every secret is
 * looked for, in every form we can think of, in every request and answer, in the browser's storage,
 * in the server's files and in its log.
 */
final class NothingLeaksIT {
  @Test
  void noSecretIsInAnyRequestStorageFileOrLog() throws IOException {
    try (RunningServer server = RunningServer.start("--log", "json", "--operator-port", "0");
        ManInTheMiddle middle = ManInTheMiddle.inFrontOf(server.origin());
        Browser browser = Browser.open()) {
      Person person = new Person(browser, middle.origin(), "careful@example.org");
      person.signsUp().makesWallet("Savings");
      person.receives();
      browser.click("practice-coins");
      browser.until(
          () -> browser.see("practice-coins").isEnabled() ? true : null, "the faucet has answered");
      person.mines();
      person.sends(new ECKey().toAddress(ScriptType.P2WPKH, REGTEST).toString(), "0.001");
      String firstPassword = person.password();
      person.changesPassword("Quiet rivers, 7 lanterns and a bicycle");
      person.signsOut();
      person.signsIn();
      browser.go(middle.origin() + person.wallet() + "/receive");
      String storage = storage(browser);
      String operator = operatorSees(server);
      server.close();

      Needles needles = Secrets.of(person, middle).text("first password", firstPassword);
      assertThat(needles.count()).isGreaterThan(100);
      List<String> leaks = new ArrayList<>();
      for (byte[] message : middle.seen()) {
        leaks.addAll(needles.in("the traffic", message));
      }
      leaks.addAll(needles.in("the browser's storage", storage.getBytes(StandardCharsets.UTF_8)));
      leaks.addAll(needles.in("the operator's page", operator.getBytes(StandardCharsets.UTF_8)));
      leaks.addAll(needles.in("the log", server.log().getBytes(StandardCharsets.UTF_8)));
      for (Path file : filesOf(server.data())) {
        leaks.addAll(needles.in(file.getFileName().toString(), Files.readAllBytes(file)));
      }
      assertThat(leaks).isEmpty();

      // The search itself works: what may be seen is found by the same means.
      assertThat(operator).contains("trefoil_http_request_seconds_count", "The house");
      assertThat(server.log()).contains("\"loggerName\":\"org.trefoil.server.app.Trefoil\"");
      Needles publicOnes = new Needles().text("e-mail", person.email());
      assertThat(publicOnes.in("", operator.getBytes(StandardCharsets.UTF_8))).isEmpty();
      assertThat(middle.seen()).anyMatch(message -> !publicOnes.in("", message).isEmpty());
      assertThat(filesOf(server.data()))
          .anyMatch(file -> !publicOnes.in("", bytes(file)).isEmpty());
    }
  }

  /** The operator's page and the metrics, one after the other. */
  private static String operatorSees(RunningServer server) throws IOException {
    Matcher port =
        Pattern.compile("The operator reads on 127.0.0.1 port (\\d+)").matcher(server.log());
    assertThat(port.find()).isTrue();
    StringBuilder seen = new StringBuilder();
    for (String path : List.of("/", "/metrics")) {
      URI address = URI.create("http://127.0.0.1:" + port.group(1) + path);
      seen.append(new String(address.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return seen.toString();
  }

  /** What a promise of the page comes to. */
  private static Object later(Browser browser, String promise) {
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(10));
    return browser
        .driver()
        .executeAsyncScript("(" + promise + ").then(arguments[arguments.length - 1])");
  }

  private static String storage(Browser browser) {
    browser.leaveVault();
    Object databases =
        later(browser, "Promise.all([indexedDB.databases(), caches.keys()]).then(JSON.stringify)");
    assertThat(databases).isEqualTo("[[],[]]");
    return (String)
        browser
            .driver()
            .executeScript(
                "return JSON.stringify(localStorage) + JSON.stringify(sessionStorage) +"
                    + " document.cookie + document.documentElement.outerHTML");
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

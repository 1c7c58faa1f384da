package org.trefoil.e2e.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.Totp;

/** A newcomer with a browser, an authenticator app and a printer; does what the pages ask for. */
public final class Person {
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,2})");

  private final URI origin;
  private final InstantSource clock;
  private String email;
  private String password = "quiet-otter-41-paints-rivers";
  private String passcode = "seven green lanterns drift north 58";
  private Browser browser;
  private Totp totp;
  private List<String> recoveryCodes = List.of();
  private BackupPaper paper;
  private String wallet = "";

  public Person(Browser browser, URI origin, String email) {
    this(browser, origin, InstantSource.system(), email);
  }

  /** The same in a place where this clock tells the time. */
  public Person(Browser browser, URI origin, InstantSource clock, String email) {
    this.browser = browser;
    this.origin = origin;
    this.clock = clock;
    this.email = email;
  }

  public String email() {
    return email;
  }

  public String password() {
    return password;
  }

  public String passcode() {
    return passcode;
  }

  /** From now on this is the passcode. */
  public void passcodeIs(String newer) {
    passcode = newer;
  }

  public Browser browser() {
    return browser;
  }

  public Totp totp() {
    return totp;
  }

  public List<String> recoveryCodes() {
    return recoveryCodes;
  }

  public BackupPaper paper() {
    return paper;
  }

  /** The path of the wallet made last, {@code /wallets/ID}. */
  public String wallet() {
    return wallet;
  }

  /** From now on this is her password. */
  public void hasPassword(String replacement) {
    password = replacement;
  }

  /** From now on this is her address. */
  public void hasEmail(String replacement) {
    email = replacement;
  }

  /** Goes on with another browser, which knows nothing of this person. */
  public void sitsDownAt(Browser other) {
    browser = other;
  }

  /** E-mail, password, authenticator app, recovery codes. */
  public Person signsUp() {
    beginsAccount();
    enrols();
    browser.click("codes-saved");
    browser.see("create-wallet");
    return this;
  }

  /** E-mail and password; the page that shows the secret for an app is next. */
  public void beginsAccount() {
    browser.go(origin + "/signup");
    browser.type("email", email);
    browser.click("submit");
    browser.enterVault();
    browser.type("password", password);
    browser.type("password-again", password);
    browser.click("vault-submit");
    browser.leaveVault();
    browser.see("totp-secret");
  }

  /** A new authenticator app, from the secret that the page shows, and new recovery codes. */
  public void enrols() {
    totp = new Totp(browser.read("totp-secret").replace(" ", ""), clock);
    browser.type("totp-code", totp.freshCode());
    browser.click("submit");
    recoveryCodes = List.of(browser.read("recovery-codes").split("\\s+"));
  }

  /** E-mail, password, code. */
  public void signsIn() {
    givesPassword(password);
    givesCode(totp.freshCode());
    browser.see("create-wallet");
  }

  /** The second half of signing in, or of a send. */
  public void givesCode(String code) {
    browser.type("totp-code", code);
    browser.click("submit");
  }

  /** The first half of signing in. */
  public void givesPassword(String typed) {
    browser.go(origin + "/signin");
    browser.type("email", email);
    browser.click("submit");
    browser.enterVault();
    browser.type("password", typed);
    browser.click("vault-submit");
    browser.leaveVault();
  }

  public void signsOut() {
    browser.go(origin + "/wallets");
    browser.click("signout");
    browser.until(() -> browser.url().equals(origin + "/") ? true : null, "signed out");
  }

  public void changesPassword(String replacement) {
    browser.go(origin + "/account");
    browser.click("change-password");
    typesBothPasswords(password, replacement);
    givesCode(totp.freshCode());
    browser.until(() -> browser.sees("password-changed") ? true : null, "the password is changed");
    password = replacement;
  }

  /** The vault's part of a change of the password. */
  public void typesBothPasswords(String present, String replacement) {
    browser.enterVault();
    browser.type("old-password", present);
    browser.type("password", replacement);
    browser.type("password-again", replacement);
    browser.click("vault-submit");
    browser.leaveVault();
  }

  /** The ceremony with a backup key made here, until the wallet is active. */
  public Person makesWallet(String name) {
    beginsWallet(name);
    browser.click("backup-here");
    finishesCeremony();
    return this;
  }

  /** Has the device sign what the vault asks for. */
  public void provesColdKey(ColdDevice device) {
    String text = browser.read("cold-proof-text");
    browser.type("cold-proof", device.signs(text, browser.read("cold-proof-path")));
    browser.click("cold-proof-submit");
  }

  /** Names the wallet and stops inside the vault, before the first choice. */
  public void beginsWallet(String name) {
    browser.go(origin + "/wallets/new");
    browser.type("wallet-name", name);
    browser.click("create-wallet");
    browser.enterVault();
  }

  /** Passcode, sheets, paper check: from the first choice until the wallet is active. */
  public void finishesCeremony() {
    typesPasscodeTwice();
    downloadsPaper();
    answersPaperCheck();
    opensActiveWallet();
  }

  /** Waits until the vault says that the wallet is active, and goes to its page. */
  public void opensActiveWallet() {
    browser.see("wallet-active");
    browser.leaveVault();
    browser.until(
        () -> {
          Matcher id = Pattern.compile("/wallets/[0-9a-f]{32}").matcher(browser.url());
          if (id.find()) {
            wallet = id.group();
            return true;
          }
          if (browser.sees("open-wallet")) {
            browser.click("open-wallet");
          }
          return null;
        },
        "the new wallet's page opens");
  }

  /** Waits until the vault says that new keys are in use, and goes to their wallet's page. */
  public void opensSuccessor() {
    browser.see("wallet-active");
    browser.leaveVault();
    String before = wallet;
    browser.click("open-wallet");
    browser.until(
        () -> {
          wallet = URI.create(browser.url()).getPath();
          return wallet.matches("/wallets/[0-9a-f]{32}") && !wallet.equals(before) ? true : null;
        },
        "the successor's page opens");
  }

  /** Types the 24 words of a sheet, each into its field. */
  public void typesWords(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      browser.type("paper-word-" + (i + 1), words.get(i));
    }
  }

  /** Types the words of these two of the sheets that A was split into; the second is left. */
  public void typesShares(String submit, int first, int second) {
    browser.type("share-word-1", String.join(" ", paper.share(first)));
    browser.click(submit);
    assertThat(browser.read("shares-read")).startsWith("1 of 2");
    browser.type("share-word-1", String.join(" ", paper.share(second)));
  }

  public void typesPasscodeTwice() {
    browser.type("passcode", passcode);
    browser.type("passcode-again", passcode);
    browser.click("vault-submit");
  }

  /** Downloads the sheets and reads them back. */
  public Path downloadsPaper() {
    browser.click("download-pdf");
    Path file = browser.download(".pdf");
    paper = BackupPaper.read(file);
    browser.click("paper-continue");
    return file;
  }

  /** Types what the vault asks back, from the paper. */
  public void answersPaperCheck() {
    for (WebElement field : asked()) {
      field.clear();
      field.sendKeys(answer(field));
    }
    browser.click("paper-submit");
  }

  /** Answers what is asked of sheet B after sheet A was typed whole, by its newest check words. */
  public void answersSheetB(List<String> checkWords) {
    browser.until(() -> browser.sees("paper-word-2") ? null : true, "one word is asked for");
    WebElement field = browser.see("paper-word-1");
    Matcher number = NUMBER.matcher(label(field));
    assertThat(number.find()).isTrue();
    field.sendKeys(checkWords.get(Integer.parseInt(number.group(1)) - 1));
    browser.click("paper-submit");
  }

  /** The fields of the paper check. */
  public List<WebElement> asked() {
    browser.see("paper-word-1");
    List<WebElement> fields = new ArrayList<>();
    for (int i = 1; browser.sees("paper-word-" + i); i++) {
      fields.add(browser.see("paper-word-" + i));
    }
    return fields;
  }

  private String label(WebElement field) {
    return browser
        .driver()
        .findElement(By.cssSelector("label[for='" + field.getAttribute("id") + "']"))
        .getText()
        .toLowerCase(Locale.ROOT);
  }

  /** What stands on the paper where {@code field}'s label points to. */
  public String answer(WebElement field) {
    String label = label(field);
    Matcher number = NUMBER.matcher(label);
    if (!number.find()) {
      throw new AssertionError("The label names no position: " + label);
    }
    int position = Integer.parseInt(number.group(1));
    if (label.contains("sheet b")) {
      return paper.checkWords().get(position - 1);
    }
    Matcher share = Pattern.compile("sheet a(\\d+)").matcher(label);
    if (share.find()) {
      return paper.share(Integer.parseInt(share.group(1))).get(position - 1);
    }
    return label.contains("key set")
        ? paper.keyWords().get(position - 1)
        : paper.words().get(position - 1);
  }

  /**
   * Opens the receive page, types the passcode where it is asked, and returns the address shown.
   */
  public String receives() {
    browser.go(origin + wallet + "/receive");
    browser.enterVault();
    browser.until(
        () -> browser.sees("receive-address") || browser.sees("passcode") ? true : null,
        "the vault asks for the passcode or shows the address");
    if (browser.sees("passcode")) {
      browser.type("passcode", passcode);
      browser.click("vault-submit");
    }
    String address = browser.read("receive-address").replaceAll("\\s+", "");
    browser.leaveVault();
    return address;
  }

  /** Fills in the send form for one recipient and goes to the review. */
  public void prepares(String to, String amountBtc) {
    browser.go(origin + wallet + "/send");
    browser.enterVault();
    browser.type("send-to", to);
    if (amountBtc.equals("everything")) {
      browser.click("send-everything");
    } else {
      browser.type("send-amount", amountBtc);
    }
    browser.click("review");
  }

  /** Types the passcode under the review and half-signs. */
  public void signs() {
    browser.type("passcode", passcode);
    browser.click("sign");
    browser.leaveVault();
    browser.see("totp-code");
  }

  /**
   * On the page of what waits: clicks {@code testId}, which opens the vault, and goes to the
   * review.
   */
  public void asksFor(String testId) {
    browser.click(testId);
    browser.enterVault();
    browser.click("review");
  }

  /** The second factor; waits until the transaction is on its way and returns its id. */
  public String confirms() {
    browser.type("totp-code", totp.freshCode());
    browser.click("submit");
    return browser.read("send-txid").strip();
  }

  public String sends(String to, String amountBtc) {
    prepares(to, amountBtc);
    signs();
    return confirms();
  }

  /** The wallet page's balance, as shown. */
  public String balance() {
    browser.go(origin + wallet);
    return browser.read("balance");
  }

  /** Has the practice chain of the page's own server mine a block. */
  public void mines() {
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(10));
    Object status =
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + "fetch('/api/practice/mine', {method: 'POST', body: '{}', headers:"
                    + " {'Content-Type': 'application/json', 'X-Trefoil': '1'}})"
                    + ".then(r => done(r.status), e => done(String(e)))");
    assertThat(status).isEqualTo(200L);
  }
}

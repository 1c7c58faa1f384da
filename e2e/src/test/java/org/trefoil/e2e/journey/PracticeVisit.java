package org.trefoil.e2e.journey;

/** A visit on the practice chain. */
abstract class PracticeVisit extends Visit<PracticeWorld> {
  @Override
  PracticeWorld world() {
    return new PracticeWorld();
  }

  /** From the choice of the backup key, by its {@code data-testid}, until new keys are in use. */
  void newKeysComeIntoUse(String choice) {
    browser.click(choice);
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    ada.answersPaperCheck();
    browser.leaveVault();
    ada.givesCode(ada.totp().freshCode());
    browser.enterVault();
    ada.opensSuccessor();
  }

  /** Gives the wallet 0.05 practice BTC, confirmed, at the address returned. */
  String isPaid() {
    String address = ada.receives();
    world.pays(ada, address, "0.05000000");
    world.mines(ada);
    balanceIs("0.05000000");
    return address;
  }

  /** Waits until the wallet's page shows {@code btc} as its balance. */
  void balanceIs(String btc) {
    browser.go(at(ada.wallet()));
    browser.until(() -> browser.read("balance").equals(btc) ? true : null, "the balance is " + btc);
  }

  /** Waits for the status of the send shown, without a reload. */
  void statusIs(String word) {
    browser.until(
        () ->
            browser.read("send-status").toLowerCase(java.util.Locale.ROOT).contains(word)
                ? true
                : null,
        "the send is " + word);
  }

  /** As addresses are printed for people. */
  static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}

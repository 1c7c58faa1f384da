package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.trefoil.vault.view.Piece;

/**
 * The first question of a birth: who keeps the keys that are neither the user's nor the server's.
 */
final class WhoseKeys {
  /** Where they come from and how they are kept. */
  enum Choice {
    HERE,
    SPLIT,
    COLD,
    SEVERAL
  }

  private final Desk desk;
  private final Consumer<Choice> chosen;

  WhoseKeys(Desk desk, Consumer<Choice> chosen) {
    this.desk = desk;
    this.chosen = chosen;
  }

  void show() {
    desk.show(
        Desk.heading("Who keeps the backup key?"),
        Piece.says(
            "soft",
            "Three keys are made, and any two of them spend. One is sealed with your passcode, one"
                + " stays with the server. The third is your backup: with it and your own key you"
                + " can always spend without us."),
        Piece.of("div", "choices")
            .add(
                choice(
                    "backup-here",
                    "Make it here, keep it on paper",
                    "The vault makes 24 words. You print or save them and put them in a safe"
                        + " place.",
                    Choice.HERE),
                choice(
                    "backup-split",
                    "Make it here, split it over several sheets",
                    "For example three sheets for three places, any two of which make the key"
                        + " again. One alone tells nothing.",
                    Choice.SPLIT),
                choice(
                    "backup-cold",
                    "I bring my own cold key",
                    "A hardware signer or another offline device keeps it. You paste its public"
                        + " key with its origin, and sign a text with it at the end.",
                    Choice.COLD),
                choice(
                    "backup-several",
                    "I bring several keys",
                    "For a wallet of more owners than you: 2 to 7 keys, and you say how many of"
                        + " them sign. Each owner brings a public key and signs a text with it.",
                    Choice.SEVERAL)));
  }

  private Piece choice(String testId, String title, String text, Choice choice) {
    return desk.choice(testId, title, text, () -> chosen.accept(choice));
  }
}

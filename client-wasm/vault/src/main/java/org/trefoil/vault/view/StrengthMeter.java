package org.trefoil.vault.view;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.custody.passcode.Strength;

/** Says under a new passcode or password how strong it is, as it is typed. */
public final class StrengthMeter {
  private static final int FULL = 90;

  private final SecretField field;
  private final List<String> context;
  private final boolean passcode;
  private final Piece box;
  private final Piece bar;
  private final Piece words;

  /**
   * Below {@code field}.
   *
   * @param passcode false for an account password, which guards less
   * @param context what others may know: address, wallet name
   */
  public StrengthMeter(SecretField field, boolean passcode, List<String> context) {
    this.field = field;
    this.context = List.copyOf(context);
    this.passcode = passcode;
    bar =
        Piece.of("meter")
            .attribute("min", "0")
            .attribute("max", String.valueOf(FULL))
            .attribute("value", "0")
            .attribute("aria-hidden", "true");
    words = Piece.of("span").attribute("aria-live", "polite").testId("strength");
    words.text("Strength shows as you type");
    box = Piece.of("div", "meter").add(bar, words);
    field.below(box);
    field.onInput(this::look);
  }

  private void look() {
    if (field.isEmpty()) {
      bar.attribute("value", "0");
      box.looks("meter");
      words.text("Strength shows as you type");
      return;
    }
    Strength strength = judge();
    bar.attribute("value", String.valueOf(Math.min(FULL, Math.max(3, strength.bits()))));
    box.looks(strength.accepted() ? "meter" : "meter weak");
    words.text(
        switch (strength.level()) {
          case REFUSED -> "Too weak";
          case FAIR -> "Good enough";
          case GOOD -> "Good";
          case STRONG -> "Strong";
        });
  }

  private Strength judge() {
    char[] typed = field.peek();
    try {
      return passcode ? Strength.ofPasscode(typed, context) : Strength.ofPassword(typed, context);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** Why what stands there is refused; null when it is strong enough. */
  public @Nullable Refusal refusal() {
    return judge().refusal();
  }
}

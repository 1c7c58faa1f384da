package org.trefoil.vault.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.custody.passcode.Strength;

/** Says under a new passcode or password how strong it is, as it is typed. */
public final class StrengthMeter {
  private static final int FULL = 90;

  private final SecretField field;
  private final Judge judge;
  private final Piece box;
  private final Piece bar;
  private final Piece words;

  /** By what measure. */
  public interface Judge {
    Strength of(char[] typed);
  }

  /** Below {@code field}. */
  public StrengthMeter(SecretField field, Judge judge) {
    this.field = field;
    this.judge = judge;
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
      return judge.of(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** Why what stands there is refused; null when it is strong enough. */
  public @Nullable Refusal refusal() {
    return judge().refusal();
  }
}

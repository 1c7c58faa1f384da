package org.trefoil.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.wire.Rules;

class LooseningTest {
  private static final Rules.BookEntry BOB = new Rules.BookEntry("Bob", "address-b");
  private static final Rules.BookEntry EVE = new Rules.BookEntry("Eve", "address-e");

  private static Rules book(boolean only, Rules.BookEntry... entries) {
    Rules none = Rules.NONE;
    return new Rules(
        null,
        none.amounts(),
        none.counts(),
        only,
        List.of(entries),
        none.blocked(),
        null,
        0,
        null,
        0,
        none.networks(),
        none.delayHours());
  }

  private static List<String> of(Rules old, Rules fresh) {
    return Loosening.of(old, fresh);
  }

  @Test
  void anotherNameForAnAddressOfTheBookIsLooser() {
    Rules.BookEntry renamed = new Rules.BookEntry("Eve", BOB.address());
    assertThat(of(book(false, BOB), book(false, renamed))).containsExactly("book");
    assertThat(of(book(true, BOB), book(true, renamed))).containsExactly("book");
    assertThat(of(book(false, BOB), book(true, renamed))).containsExactly("book");
  }

  @Test
  void anotherAddressUnderANameOfTheBookIsLooser() {
    Rules.BookEntry elsewhere = new Rules.BookEntry("Bob", EVE.address());
    assertThat(of(book(false, BOB), book(false, elsewhere))).containsExactly("book");
    assertThat(of(book(false, BOB), book(false, BOB, elsewhere))).containsExactly("book");
    assertThat(of(book(false, BOB, EVE), book(false, BOB, elsewhere))).containsExactly("book");
  }

  @Test
  void anotherEntryIsLooserOnlyWhereTheBookAloneIsPaid() {
    assertThat(of(book(false, BOB), book(false, BOB, EVE))).isEmpty();
    assertThat(of(book(true, BOB), book(true, BOB, EVE))).containsExactly("book");
    assertThat(of(book(true, BOB, EVE), book(true, EVE))).isEmpty();
    assertThat(of(book(true, BOB), book(false, BOB))).containsExactly("book");
    assertThat(of(book(false, BOB, EVE), book(true, EVE, BOB))).isEmpty();
  }
}

package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.vault.view.Piece;

/**
 * Takes the shares of a split backup key, sheet after sheet in any order: each is judged as it
 * comes, and what was taken is kept until it is enough.
 */
public final class SharesForm<T> {
  private final Function<char[][], T> joining;
  private final Consumer<T> joined;
  private final List<char[]> given = new ArrayList<>();
  private final Piece read =
      Piece.says("good", "").attribute("role", "status").testId("shares-read").show(false);
  private final Piece title = Piece.of("h3");
  private final WordsGrid grid;

  /**
   * An empty form.
   *
   * @param submit what Enter in any of the fields does
   * @param joining what the shares make, or a refusal that names one; {@code shares-missing} and
   *     {@code shares-missing-of-groups} ask for another
   */
  public SharesForm(Desk desk, Runnable submit, Function<char[][], T> joining, Consumer<T> joined) {
    this.joining = joining;
    this.joined = joined;
    grid = WordsGrid.ofShare(desk, submit);
    next();
  }

  /** What was read so far, and the fields. */
  public Piece box() {
    return Piece.of("div").add(read, title, grid.box());
  }

  public void focus() {
    grid.focus();
  }

  /** Takes the share that was typed. */
  public void submit() {
    add(grid.text());
  }

  /** Takes shares over until they are enough; what is left is wiped. */
  public void addAll(List<char[]> shares) {
    boolean enough = false;
    for (char[] share : shares) {
      if (enough) {
        Arrays.fill(share, '\0');
      } else {
        enough = add(share);
      }
    }
  }

  /** Takes a share over: it is enough, which is told, or counts, or is refused and wiped. */
  private boolean add(char[] share) {
    given.add(share);
    T key;
    try {
      key = joining.apply(given.toArray(new char[0][]));
    } catch (RefusedException e) {
      notYet(e.refusal());
      return false;
    }
    close();
    joined.accept(key);
    return true;
  }

  /** Tells the page and the person why not. */
  public void refuse(Refusal why) {
    grid.refuse(why);
  }

  void say(Refusal why) {
    grid.say(why);
  }

  /** Empties the fields, and forgets what was taken. */
  public void close() {
    for (char[] share : given) {
      Arrays.fill(share, '\0');
    }
    given.clear();
    read.show(false);
    next();
  }

  private void next() {
    title.text("Words of share " + (given.size() + 1));
    grid.clear();
  }

  private void notYet(Refusal why) {
    if (why.is(Token.SHARES_MISSING) || why.is(Token.SHARES_MISSING_OF_GROUPS)) {
      next();
      read.text(soFar(why)).show(true);
      focus();
      return;
    }
    if (why.is(Token.SHARES_UNFIT) || why.is(Token.PAPER_OTHER_KEY)) {
      // Each is sound and together they are not this key: nobody knows which one is wrong.
      close();
    } else {
      Arrays.fill(given.remove(given.size() - 1), '\0');
    }
    refuse(why);
  }

  private static String soFar(Refusal missing) {
    Map<String, String> data = missing.data();
    String here = data.get("given") + " of " + data.get("needed") + " shares are here.";
    String group = data.get("group");
    if (group == null) {
      return here;
    }
    String complete = data.get("complete") + " of " + data.get("groups");
    return "Group " + group + ": " + here + " Groups complete: " + complete + " needed.";
  }
}

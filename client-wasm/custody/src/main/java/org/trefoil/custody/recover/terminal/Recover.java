package org.trefoil.custody.recover.terminal;

import java.io.Console;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar trefoil-recover.jar}: asks for the sealed key of sheet B and the passcode and
 * shows the user key's 24 words. {@code shares} behind it: joins the shares of a split backup key
 * into its 24 words. {@code recover}: from the sheets to a signed transaction. Everything else is
 * asked for, since arguments stay in a shell's history; it needs a terminal, since only that can
 * hide what is typed.
 */
public final class Recover {
  private static final List<List<String>> WISHES =
      List.of(List.of(), List.of("shares"), List.of("recover"));

  private Recover() {}

  public static void main(String[] args) {
    Console console = System.console();
    List<String> wish = List.of(args);
    boolean known = WISHES.contains(wish);
    if (!known || console == null) {
      System.err.println("Run it in a terminal: java -jar trefoil-recover.jar [shares | recover]");
      System.err.println("  without an argument   shows the 24 words of sheet B's sealed key");
      System.err.println("  shares                shows the 24 words of a split backup key");
      System.err.println("  recover               makes and signs a transaction from the sheets");
      System.exit(2);
    } else {
      Terminal terminal = new OnConsole(console);
      boolean done =
          wish.isEmpty()
              ? new SheetB(terminal).open()
              : wish.get(0).equals("shares")
                  ? new Shares(new Conversation(terminal, new OnDisk())).show()
                  : new Recovery(terminal, new OnDisk()).run();
      System.exit(done ? 0 : 1);
    }
  }

  private record OnConsole(Console console) implements Terminal {
    @Override
    public void say(String line) {
      console.printf("%s%n", line);
    }

    @Override
    public @Nullable String ask(String question) {
      return console.readLine("%s", question);
    }

    @Override
    public char @Nullable [] askHidden(String question) {
      return console.readPassword("%s", question);
    }
  }
}

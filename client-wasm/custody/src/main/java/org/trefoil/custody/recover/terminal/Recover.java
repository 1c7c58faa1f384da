package org.trefoil.custody.recover.terminal;

import java.io.Console;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar trefoil-recover.jar}: asks for the sealed key of sheet B and the passcode and
 * shows the user key's 24 words. {@code java -jar trefoil-recover.jar recover}: from the sheets to
 * a signed transaction. Everything else is asked for, since arguments stay in a shell's history; it
 * needs a terminal, since only that can hide what is typed.
 */
public final class Recover {
  private Recover() {}

  public static void main(String[] args) {
    Console console = System.console();
    boolean whole = List.of(args).equals(List.of("recover"));
    if ((args.length > 0 && !whole) || console == null) {
      System.err.println("Run it in a terminal: java -jar trefoil-recover.jar [recover]");
      System.err.println("  without an argument   shows the 24 words of sheet B's sealed key");
      System.err.println("  recover               makes and signs a transaction from the sheets");
      System.exit(2);
    } else {
      Terminal terminal = new OnConsole(console);
      boolean done =
          whole ? new Recovery(terminal, new OnDisk()).run() : new SheetB(terminal).open();
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

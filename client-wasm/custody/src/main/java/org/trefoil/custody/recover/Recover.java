package org.trefoil.custody.recover;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar trefoil-recover.jar}: asks for the sealed key of sheet B and the passcode and
 * shows the user key's 24 words. Takes no arguments, since those stay in a shell's history; needs a
 * terminal, since only that can hide what is typed.
 */
public final class Recover {
  private Recover() {}

  public static void main(String[] args) {
    Console console = System.console();
    if (args.length > 0 || console == null) {
      System.err.println("Run it in a terminal and without arguments: it asks for what it needs.");
      System.exit(2);
    } else {
      System.exit(new SheetB(new OnConsole(console)).open() ? 0 : 1);
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

package org.trefoil.custody.recover.terminal;

import java.io.Console;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar trefoil-recover.jar}: asks for the sealed key of sheet B and the passcode and
 * shows the user key's 24 words. With a word behind it: {@code shares} joins a split backup key,
 * {@code recover} goes from the sheets to a signed transaction, {@code key} makes a cold backup
 * key, {@code sign} signs a text with one. Everything secret is asked for, since arguments stay in
 * a shell's history; it needs a terminal, since only that can hide what is typed. It reaches no
 * network, unless {@code recover} is told which server to ask.
 */
public final class Recover {
  private Recover() {}

  public static void main(String[] args) {
    Console console = System.console();
    Arguments arguments = Arguments.of(args);
    if (console == null || arguments == null) {
      System.err.println(
          "Run it in a terminal: java -jar trefoil-recover.jar [shares | recover | key | sign]");
      System.err.println("  without a word   shows the 24 words of sheet B's sealed key");
      System.err.println("  shares           shows the 24 words of a split backup key");
      System.err.println("  recover          makes and signs a transaction from the sheets");
      System.err.println("    --node http://USER@HOST:PORT   asks this Bitcoin Core for coins");
      System.err.println("    --cookie FILE                  and gets in by its cookie file");
      System.err.println("    --esplora https://HOST/api     asks this server, which learns all");
      System.err.println("                                   addresses of the wallet");
      System.err.println("  key              makes a cold backup key with dice or coins");
      System.err.println("  sign             signs a text with such a key, for the vault");
      System.err.println("Passwords are asked for and belong in no address.");
      System.exit(2);
      return;
    }
    System.exit(done(arguments, new OnConsole(console)) ? 0 : 1);
  }

  private static boolean done(Arguments arguments, Terminal terminal) {
    Conversation talk = new Conversation(terminal, new OnDisk());
    return switch (arguments.word()) {
      case "shares" -> new Shares(talk).show();
      case "recover" -> recovered(arguments, terminal, talk);
      case "key" -> new KeyMaker(talk, new MachineEntropy()).make();
      case "sign" -> new KeyMaker(talk, new MachineEntropy()).sign();
      default -> new SheetB(terminal).open();
    };
  }

  private static boolean recovered(Arguments arguments, Terminal terminal, Conversation talk) {
    try {
      CoinSource source = new Sources(talk, new OnDisk()).of(arguments);
      return new Recovery(terminal, new OnDisk(), source).run();
    } catch (IOException e) {
      talk.say("There is no way in: " + e.getMessage() + ".");
      return false;
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

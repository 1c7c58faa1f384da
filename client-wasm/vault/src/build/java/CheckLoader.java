import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fails the build when vault.wasm imports something that vault-loader.js does not have, something that it must not have, or a
 * @JSBody text that is not in the loader's table. Arguments: vault.wasm, vault-loader.js.
 *
 * <p>Imports are read from the module's own import section. Body texts are looked for in its strings; since such a text comes in
 * through createFunctionN, arities that the loader's one text does not have are refused altogether.
 */
public final class CheckLoader {
  private static final Pattern NUMBERED = Pattern.compile("(bindFunction|callFunction|callMethod|construct|arrayOf)[0-9]|(un)?wrap(Byte|Short|Char|Int|Long|Float|Double)");
  private static final Pattern BODY = Pattern.compile("return [ -~]{1,200}?;");
  private static final Set<String> BODIES = Set.of("return str;");
  private static final Set<String> FORBIDDEN = Set.of("teavmMath.random", "teavmAsync.offer");

  private final byte[] wasm;
  private int at = 8;

  private CheckLoader(byte[] wasm) {
    this.wasm = wasm;
  }

  public static void main(String[] args) throws IOException {
    byte[] wasm = Files.readAllBytes(Path.of(args[0]));
    String loader = Files.readString(Path.of(args[1]));
    List<String> wrong = new ArrayList<>();
    for (String[] imported : new CheckLoader(wasm).imports()) {
      String module = imported[0];
      String name = imported[1];
      boolean known = NUMBERED.matcher(name).matches() || name.equals("createFunction1") || Pattern.compile("\\b" + Pattern.quote(name) + "(:|\\(|,| }|$)", Pattern.MULTILINE).matcher(loader).find();
      boolean builtin = module.equals("wasm:js-string");
      if (FORBIDDEN.contains(module + "." + name) || (!builtin && (!known || !loader.contains(module)))) {
        wrong.add("import " + module + "." + name);
      }
    }
    Matcher bodies = BODY.matcher(new String(wasm, StandardCharsets.ISO_8859_1));
    while (bodies.find()) {
      if (!BODIES.contains(bodies.group())) {
        wrong.add("body " + bodies.group());
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("vault-loader.js has not: " + String.join("; ", wrong));
    }
  }

  /** Module and name of every import. */
  private List<String[]> imports() {
    List<String[]> imports = new ArrayList<>();
    while (at < wasm.length) {
      int section = wasm[at++];
      int end = number() + at;
      if (section == 2) {
        for (int left = number(); left > 0; left--) {
          imports.add(new String[] {text(), text()});
          skipDescription();
        }
      }
      at = end;
    }
    return imports;
  }

  private void skipDescription() {
    switch (wasm[at++]) {
      case 0 -> number();
      case 1 -> {
        skipType();
        skipLimits();
      }
      case 2 -> skipLimits();
      case 3 -> {
        skipType();
        at++;
      }
      case 4 -> {
        at++;
        number();
      }
      default -> throw new IllegalStateException("unknown kind of import");
    }
  }

  private void skipType() {
    int type = wasm[at++];
    if (type == 0x63 || type == 0x64) {
      number();
    }
  }

  private void skipLimits() {
    int flags = wasm[at++];
    number();
    if ((flags & 1) != 0) {
      number();
    }
  }

  private String text() {
    int length = number();
    at += length;
    return new String(wasm, at - length, length, StandardCharsets.UTF_8);
  }

  private int number() {
    int value = 0;
    int shift = 0;
    while (true) {
      int b = wasm[at++];
      value |= (b & 127) << shift;
      if (b >= 0) {
        return value;
      }
      shift += 7;
    }
  }
}

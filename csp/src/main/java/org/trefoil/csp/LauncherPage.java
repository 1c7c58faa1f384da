package org.trefoil.csp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The launcher: a page of one file, opened from disk, that brings a vault which it has checked into
 * a frame inside it.
 *
 * <p>The vault's loader is not known when this file is made, so no hash can name it. The policy
 * lets a script that is named bring in others ({@code 'strict-dynamic'}), which no markup can; the
 * frame's own policy, inside the first, closes the network again. The same parts give the same
 * text.
 *
 * @param page what the file shows and runs, under whose gate one server may be asked
 * @param boot the one script of the frame, which takes the checked loader and runs it
 * @param data texts that the scripts find by the {@code id} of their element, in Base64
 */
public record LauncherPage(OneFilePage page, String boot, Map<String, String> data) {
  /** The one Trusted Types policy, of the file and of its frame. */
  private static final String TRUSTED_TYPES = "launcher";

  /** Where the document of the frame stands. */
  private static final String FRAME = "frame";

  /** Refuses a script that would end its element, and names that are none. */
  public LauncherPage {
    data = new TreeMap<>(data);
    if (boot.contains("</script") || boot.contains("<!--")) {
      throw new IllegalArgumentException("the frame's script would end its element");
    }
    if (data.containsKey(FRAME) || !data.keySet().stream().allMatch(id -> id.matches("[a-z]+"))) {
      throw new IllegalArgumentException("not the names of data: " + data.keySet());
    }
  }

  /** What the file may do: its scripts, the frame's, and what they bring in. */
  public Policy policy() {
    List<Source> run = new ArrayList<>();
    run.add(Source.hash(Sha384.of(page.gate())));
    page.scripts().forEach(script -> run.add(Source.hash(Sha384.of(script))));
    run.add(Source.hash(Sha384.of(boot)));
    run.add(Source.WASM);
    return page.policy().with("script-src", run.toArray(new Source[0])).bringing(TRUSTED_TYPES);
  }

  /** What the frame may do besides being held to the file's policy: run what it is given. */
  Policy framePolicy() {
    return Policy.page()
        .with("script-src", Source.hash(Sha384.of(boot)), Source.WASM)
        .bringing(TRUSTED_TYPES);
  }

  /** The frame's document; the vault draws into it. */
  String frame() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\""
        + framePolicy().meta()
        + "\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>Trefoil vault</title>\n"
        + "<script>"
        + boot
        + "</script>\n</head>\n<body><main id=\"vault\" aria-live=\"off\"></main></body>\n</html>\n";
  }

  /** The file's text. */
  public String html() {
    StringBuilder body = new StringBuilder(page.body());
    data.forEach((id, text) -> body.append(block(id, text)));
    body.append(block(FRAME, frame()));
    return new OneFilePage(page.title(), page.gate(), page.style(), body.toString(), page.scripts())
        .html(policy());
  }

  /** The element that carries a text; what stands in it runs nowhere. */
  public static String block(String id, String text) {
    return "<script type=\"application/octet-stream\" id=\""
        + id
        + "\">"
        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "</script>\n";
  }

  /** The text that a launcher's file carries under this id; refuses a file that has none. */
  public static String data(String html, String id) {
    String start = "<script type=\"application/octet-stream\" id=\"" + id + "\">";
    int from = html.indexOf(start);
    int to = html.indexOf("</script>", from);
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("not a launcher: it carries no " + id);
    }
    byte[] text = Base64.getDecoder().decode(html.substring(from + start.length(), to));
    return new String(text, StandardCharsets.UTF_8);
  }
}

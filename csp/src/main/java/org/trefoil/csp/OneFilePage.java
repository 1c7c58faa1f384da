package org.trefoil.csp;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of one file, opened from disk: everything inside, under a policy of its own.
 *
 * <p>The policy stands first in the file, pins each script and the style by SHA-384, and opens
 * nothing else: no frame, no form, no code from text but WebAssembly. Which server may be asked is
 * for the gate to say, and it says none by a second policy before anything else runs, unless a
 * person chose one. The same parts give the same text. Limit: a {@code <meta>} policy cannot keep
 * others from framing the page.
 *
 * @param title plain text
 * @param gate the first script, right behind the policy: it must add one with {@code connect-src}
 * @param style the one style sheet
 * @param body markup before the scripts, without any of its own scripts or handlers
 * @param scripts run in this order, once the body is there
 */
public record OneFilePage(
    String title, String gate, String style, String body, List<String> scripts) {
  /** Refuses parts that would end their own element, and markup that the policy would kill. */
  public OneFilePage {
    scripts = List.copyOf(scripts);
    if (title.matches("(?s).*[<&].*")) {
      throw new IllegalArgumentException("the title is plain text");
    }
    if (style.contains("</")) {
      throw new IllegalArgumentException("the style would end its element");
    }
    List<String> all = new ArrayList<>(scripts);
    all.add(gate);
    for (String script : all) {
      if (script.contains("</script") || script.contains("<!--")) {
        throw new IllegalArgumentException("a script would end its element");
      }
    }
    if (body.matches("(?is).*<(script(?! type=\"application/octet-stream\")|style|link)\\b.*")) {
      throw new IllegalArgumentException("the body brings what the policy forbids");
    }
  }

  /** What the page may do. */
  public Policy policy() {
    List<Source> run = new ArrayList<>();
    run.add(Source.hash(Sha384.of(gate)));
    for (String script : scripts) {
      run.add(Source.hash(Sha384.of(script)));
    }
    run.add(Source.WASM);
    return Policy.page()
        .with("script-src", run.toArray(new Source[0]))
        .with("style-src", Source.hash(Sha384.of(style)))
        .askingAnybody();
  }

  /** The file's text. */
  public String html() {
    return html(policy());
  }

  /** The same under another policy. */
  String html(Policy policy) {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    html.append(policy.meta()).append("\">\n");
    html.append("<script>").append(gate).append("</script>\n");
    html.append("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.append("<title>").append(title).append("</title>\n");
    html.append("<style>").append(style).append("</style>\n</head>\n<body>\n").append(body);
    for (String script : scripts) {
      html.append("<script>").append(script).append("</script>\n");
    }
    return html.append("</body>\n</html>\n").toString();
  }
}

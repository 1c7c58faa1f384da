package org.trefoil.csp.served;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.note.NoteKey;
import org.trefoil.csp.release.ReleaseKeys;

/**
 * What a page may load: its text is each visitor's own, its scripts and styles are those of the
 * release. The page's policy has browsers refuse others already; this finds them all the same.
 */
final class ServedPage {
  private static final Pattern TAG =
      Pattern.compile(
          "<(script|link|style|iframe|object|embed|base|meta)\\b([^>]*)>",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INLINE =
      Pattern.compile("<[a-z][^>]*\\s(on[a-z]+|style)\\s*=", Pattern.CASE_INSENSITIVE);
  private static final Pattern ATTRIBUTE = Pattern.compile("\\b([a-z-]+)\\s*=\\s*\"([^\"]*)\"");

  private final AssetManifest assets;
  private final ReleaseKeys keys;

  ServedPage(AssetManifest assets, ReleaseKeys keys) {
    this.assets = assets;
    this.keys = keys;
  }

  /** One phrase for each thing in the page that the release does not have. */
  List<String> strangers(String html) {
    List<String> strangers = new ArrayList<>();
    Matcher tag = TAG.matcher(html);
    while (tag.find()) {
      String name = tag.group(1).toLowerCase(Locale.ROOT);
      String attributes = tag.group(2);
      boolean fine =
          switch (name) {
            case "script" -> isOurs(attribute(attributes, "src"), attributes, false);
            case "link" ->
                attribute(attributes, "rel").equals("icon")
                    ? attribute(attributes, "href").startsWith("/assets/")
                    : isOurs(attribute(attributes, "href"), attributes, true);
            case "meta" -> attribute(attributes, "http-equiv").isEmpty();
            default -> false;
          };
      if (!fine) {
        strangers.add("<" + name + attributes + ">");
      }
    }
    if (INLINE.matcher(html).find()) {
      strangers.add("a style or handler of its own");
    }
    return strangers;
  }

  /** With the hash of the release; a style sheet also with keys, of ours alone, that sign it. */
  private boolean isOurs(String address, String attributes, boolean names) {
    String path =
        address.startsWith("/assets/") ? address.substring(8).replaceAll("\\?.*", "") : "";
    List<String> demanded = List.of(attribute(attributes, "integrity").split(" ", -1));
    List<String> signers = demanded.subList(1, demanded.size());
    return assets
            .find(path)
            .map(Asset::digest)
            .map(Sha384::integrity)
            .equals(demanded.stream().findFirst())
        && names != signers.isEmpty()
        && keys.keys().stream().map(NoteKey::integrity).toList().containsAll(signers);
  }

  private static String attribute(String attributes, String name) {
    Matcher attribute = ATTRIBUTE.matcher(attributes);
    while (attribute.find()) {
      if (attribute.group(1).equalsIgnoreCase(name)) {
        return attribute.group(2);
      }
    }
    return "";
  }
}

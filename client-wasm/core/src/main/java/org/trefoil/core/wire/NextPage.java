package org.trefoil.core.wire;

/** Where the browser goes next, a path on this site. */
public record NextPage(String next) {
  public static NextPage fromJson(Json json) {
    return json.read(f -> new NextPage(f.text("next")));
  }

  public Json toJson() {
    return Json.object().put("next", next).json();
  }
}

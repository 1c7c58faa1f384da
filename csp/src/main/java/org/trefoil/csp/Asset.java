package org.trefoil.csp;

/**
 * One file that browsers download, plain or packed: {@code app.js}, and {@code app.js.br} beside
 * it.
 *
 * @param path relative, with forward slashes, of letters, digits, dot, hyphen, underscore
 * @param digest of the bytes as they go over the wire
 * @param size in bytes
 * @param type its media type
 */
public record Asset(String path, Sha384 digest, long size, String type) {
  /** Refuses a path that could leave its folder or break a line of the manifest. */
  public Asset {
    if (!path.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")) {
      throw new IllegalArgumentException("not an asset path: " + path);
    }
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + path);
    }
    if (!type.matches("[a-z]+/[a-z0-9.+-]+(;charset=utf-8)?")) {
      throw new IllegalArgumentException("not a media type: " + type);
    }
  }

  /** The asset with these bytes; its media type is told by its name. */
  public static Asset of(String path, byte[] bytes) {
    return new Asset(path, Sha384.of(bytes), bytes.length, typeOf(path));
  }

  /** The coding in which browsers get it: {@code br}, {@code gzip}, or empty for a plain file. */
  public String coding() {
    return path.endsWith(".br") ? "br" : path.endsWith(".gz") ? "gzip" : "";
  }

  /** The path that browsers ask for: that of the plain file. */
  public String asked() {
    return coding().isEmpty() ? path : path.substring(0, path.length() - ".br".length());
  }

  private static String typeOf(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return switch (ending) {
      case "css" -> "text/css;charset=utf-8";
      case "js" -> "text/javascript;charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "txt" -> "text/plain;charset=utf-8";
      case "wasm" -> "application/wasm";
      case "ico" -> "image/x-icon";
      case "png" -> "image/png";
      case "br" -> "application/brotli";
      case "gz" -> "application/gzip";
      case "html" -> "text/html;charset=utf-8";
      default -> throw new IllegalArgumentException("no media type for " + path);
    };
  }
}

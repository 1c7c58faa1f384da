package org.trefoil.vault.browser;

/** A file that the vault offers for saving; nothing of it leaves the device. */
public final class SavedFile implements AutoCloseable {
  private final String url;
  private final String name;

  /** Takes a copy of {@code bytes}; wiping the array stays the caller's duty. */
  public SavedFile(byte[] bytes, String type, String name) {
    Int8Array copy = Int8Array.of(bytes);
    Items<Int8Array> parts = new Items<>();
    parts.push(copy);
    Options options = new Options();
    options.put("type", type);
    this.url = BlobUrls.createObjectURL(new Blob(parts, options));
    this.name = name;
    for (int i = 0; i < bytes.length; i++) {
      copy.set(i, (byte) 0);
    }
  }

  /** Has the browser save it; after a click of the person's only. */
  public void save() {
    Element link = Globals.document().createElement("a");
    link.setAttribute("href", url);
    link.setAttribute("download", name);
    Globals.document().getBody().appendChild(link);
    link.click();
    link.remove();
  }

  @Override
  public void close() {
    BlobUrls.revokeObjectURL(url);
  }
}

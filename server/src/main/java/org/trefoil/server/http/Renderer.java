package org.trefoil.server.http;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Pebble, with every variable demanded and every value escaped. */
final class Renderer {
  private final PebbleEngine engine;

  Renderer(Shelf shelf, Sentences sentences) {
    ClasspathLoader loader = new ClasspathLoader(Renderer.class.getClassLoader());
    loader.setPrefix("web/pages");
    loader.setSuffix(".peb");
    engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .extension(new Words(shelf, sentences))
            .strictVariables(true)
            .autoEscaping(true)
            .defaultLocale(Locale.ROOT)
            .build();
  }

  String render(String template, Map<String, Object> model) {
    try {
      StringWriter page = new StringWriter(8192);
      engine.getTemplate(template).evaluate(page, model, Locale.ROOT);
      return page.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

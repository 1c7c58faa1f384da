package org.trefoil.server.app;

import java.io.IOException;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.server.store.TestDatabase;

/** The same on both engines. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class LosingKeysOnBoth extends LosingKeys {
  @Parameter TestDatabase engine;

  @Override
  TestHouse house() throws IOException {
    return new TestHouse(engine.fresh(), null);
  }
}

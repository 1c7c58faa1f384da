package org.trefoil.custody.fuzz;

import org.trefoil.core.fuzz.Fuzzed;
import org.trefoil.core.fuzz.FuzzedContract;

class ParserTest extends FuzzedContract {
  @Override
  protected Fuzzed[] parsers() {
    return Parser.values();
  }
}

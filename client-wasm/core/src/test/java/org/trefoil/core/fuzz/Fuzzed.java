package org.trefoil.core.fuzz;

import java.util.List;

/** A parser that strangers' bytes reach; one constant of an enum. */
public interface Fuzzed {
  /** The constant's. */
  String name();

  /** Reads these bytes or refuses them; throws whatever is a fault. */
  void accept(byte[] bytes);

  /** What is good, or nearly so. */
  List<byte[]> seeds();
}

package org.trefoil.server.duress;

/** Who is told that somebody is forced; never the one who is, whose mail may be read. */
public interface DuressNews {
  /** The second passcode of a wallet was typed, for the first time since the first one was. */
  void tellOthers(Whose whose);
}

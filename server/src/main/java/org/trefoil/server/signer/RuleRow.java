package org.trefoil.server.signer;

import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.PolicyDocument;

/** One version of a wallet's rules, and whether it was cancelled while it waited. */
record RuleRow(PolicyDocument document, boolean cancelled) {
  static RuleRow read(Fields f) {
    return new RuleRow(f.value("document", PolicyDocument::fromJson), f.bool("cancelled"));
  }

  Json json() {
    return Json.object().put("document", document.toJson()).put("cancelled", cancelled).json();
  }
}

package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.server.audit.AuditEvent;
import org.trefoil.server.audit.AuditKind;

/** The small stores: the audit log, the facts, the practice chain. */
class SmallStoresTest extends StoreContract {
  SmallStoresTest(TestDatabase engine) {
    super(engine);
  }

  @Test
  void theAuditLogIsReadNewestFirst() {
    JdbiAuditStore audit = new JdbiAuditStore(database);
    AuditEvent first = new AuditEvent(NOW, AuditKind.SIGNED_UP, ADA, null, null);
    AuditEvent second = new AuditEvent(NOW, AuditKind.SEND_APPROVED, ADA, "send", "detail");
    audit.append(first);
    audit.append(second);
    audit.append(new AuditEvent(NOW, AuditKind.SEND_SIGNED, null, "send", null));
    assertThat(audit.latest(ADA, 10)).containsExactly(second, first);
    assertThat(audit.latest(ADA, 1)).containsExactly(second);
  }

  @Test
  void aFactIsSetOnceAlsoWhenManyWantTo() throws Exception {
    JdbiFactStore facts = new JdbiFactStore(database);
    assertThat(facts.find("chain")).isEmpty();
    int mine =
        atOnce(
            10,
            () -> {
              String wish = Thread.currentThread().getName();
              return facts.keep("chain", wish).equals(wish);
            });
    assertThat(mine).isEqualTo(1);
    assertThat(facts.keep("chain", "another")).isEqualTo(facts.find("chain").orElseThrow());
  }

  @Test
  void thePracticeChainIsThereAgain() {
    JdbiPracticeStore practice = new JdbiPracticeStore(database);
    practice.replace(1, List.of(bytes(1), bytes(2), bytes(3)), List.of());
    practice.accepted("t1", bytes(11), List.of());
    practice.accepted("t2", bytes(12), List.of("t1"));
    assertThat(practice.mempool()).containsExactly(bytes(12));
    practice.replace(3, List.of(bytes(4)), List.of());
    assertThat(practice.blocks()).containsExactly(bytes(1), bytes(2), bytes(4));
    assertThat(practice.mempool()).isEmpty();
  }
}

package org.trefoil.csp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
  @Test
  void aPageMayDoNothingUntilItIsOpenedByName() {
    assertThat(Policy.page().header())
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'none';"
                + " style-src 'none'; img-src 'none'; font-src 'none'; connect-src 'none'; worker-src 'none';"
                + " frame-src 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
  }

  @Test
  void aMetaElementSaysWhatCountsThere() {
    assertThat(Policy.page().sandbox("allow-scripts").reportTo("csp").meta())
        .isEqualTo(Policy.page().header().replace(" frame-ancestors 'none';", ""));
  }

  @Test
  void aDirectiveIsSetNotAdded() {
    Policy policy = Policy.nothing().with("img-src", Source.SELF).with("img-src", Source.DATA);
    assertThat(policy.header()).endsWith("; img-src data:").doesNotContain("'self'");
  }

  @Test
  void unsafeSourcesCannotBeSaid() {
    for (String text :
        List.of(
            "'unsafe-inline'",
            "'unsafe-eval'",
            "'unsafe-hashes'",
            "*",
            "https:",
            "a b",
            "a;b",
            "a,b",
            "x\ny",
            "")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> new Source(text));
    }
  }

  @Test
  void noneStandsAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.nothing().with("img-src", Source.NONE, Source.SELF));
    assertThatIllegalArgumentException().isThrownBy(() -> Policy.nothing().with("img-src"));
  }

  @Test
  void namesAreNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.nothing().with("img-src; x", Source.SELF));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.nothing().sandbox("allow-scripts; x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Policy.nothing().reportTo("csp; x"));
  }

  @Test
  void theEmptySandboxIsTheStrictest() {
    assertThat(Policy.nothing().sandbox().header()).endsWith("; sandbox");
  }
}

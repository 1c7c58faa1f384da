package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

class StatusesTest {
  /** Another day, or once its operator was there, the same is taken. */
  @ParameterizedTest
  @EnumSource(names = {"SIGNER_UNAVAILABLE", "SIGNER_OLDER", "SIGNER_CLOCK", "SIGNER_FULL"})
  void aSignerThatTakesNothingNowIsUnavailable(Token token) {
    assertThat(Statuses.of(Refusal.of(token))).isEqualTo(503);
  }
}

package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private static final int MIB = 1024 * 1024;

  @Test
  void refusesWithAWordWhenMoreIsSentAtOnceThanMemoryIsFor() {
    BodyBudget budget = new BodyBudget(2 * MIB);
    BodyBudget.Lease one = budget.lease();
    one.grow(MIB);
    BodyBudget.Lease two = budget.lease();
    two.grow(MIB / 2);
    assertThatThrownBy(() -> two.grow(MIB + 1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.reply().status()).isEqualTo(503);
              assertThat(e.reply().headers()).containsKey("Retry-After");
            });
  }

  @Test
  void givesTheMemoryOfAnAnsweredRequestToTheNext() {
    BodyBudget budget = new BodyBudget(MIB);
    for (int request = 0; request < 100; request++) {
      try (BodyBudget.Lease lease = budget.lease()) {
        lease.grow(MIB / 2);
        lease.grow(MIB - 1);
      }
    }
    assertThatCode(() -> budget.lease().grow(MIB - 1)).doesNotThrowAnyException();
  }

  @Test
  void alwaysHasRoomForOneWholeBodyHoweverSmallTheHeap() {
    assertThatCode(() -> new BodyBudget(0).lease().grow(Exchange.MAX_BODY))
        .doesNotThrowAnyException();
  }
}

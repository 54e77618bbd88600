package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneShareTest {
  @ParameterizedTest
  @CsvSource({"100, 75, 65", "20, 15, 13", "10, 7, 6", "4, 3, 2", "2, 1, 1", "1, 1, 1"})
  void keepsSomeOfEveryWindowForTheLanesBefore(int max, int reconcile, int backfill) {
    assertThat(LaneShare.of(Lane.LIVE, max, 1)).isEqualTo(max);
    assertThat(LaneShare.of(Lane.RECONCILE, max, 1)).isEqualTo(reconcile);
    assertThat(LaneShare.of(Lane.BACKFILL, max, 1)).isEqualTo(backfill);
  }

  @Test
  void letsOnePieceOfWorkIntoAWindowThatIsElseEmpty() {
    assertThat(LaneShare.of(Lane.BACKFILL, 3, 2)).isEqualTo(2);
    assertThat(LaneShare.of(Lane.BACKFILL, 3, 9)).isEqualTo(3);
  }
}

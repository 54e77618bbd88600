package io.cloudconnector.host.store;

import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * Work that many threads ask for and that is done for all of them in one transaction. Made once and
 * used again: items meet by its identity.
 *
 * @param rank what comes first where several kinds share a transaction
 * @param name what comes first within a rank
 * @param work does it for all items in their order and returns one result for each. It may be done
 *     again from the start, and must not fail one item for another's fault
 */
public record GroupedWork<I, O>(Rank rank, String name, BiFunction<Handle, List<I>, List<O>> work) {
  /** All hosts take the locks of whole vendors and of the log in one order. */
  static final Comparator<GroupedWork<?, ?>> ONE_ORDER =
      Comparator.<GroupedWork<?, ?>, Rank>comparing(GroupedWork::rank)
          .thenComparing(GroupedWork::name);

  /** Whatever appends to the event log comes last. */
  public enum Rank {
    LIMIT,
    SORT,
    INTAKE,
    SETTLE
  }
}

package io.cloudconnector.host.link;

/** How far a refresh is; a host may die after each of these. */
enum RefreshStep {
  /** This host alone may refresh the grant; the vendor is not asked yet. */
  HELD,
  /** It is on disk that the vendor is asked now. */
  MARKED,
  /** The vendor's answer is in memory. */
  ANSWERED,
  /** The answer is on disk, and nobody has looked into it. */
  KEPT,
  /** The connector has said what the answer means. */
  JUDGED,
  /** What it means is on disk. */
  SETTLED
}

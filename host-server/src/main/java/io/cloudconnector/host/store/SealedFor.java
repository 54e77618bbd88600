package io.cloudconnector.host.store;

/**
 * What each kind of sealed value is bound to, the associated data of its encryption: copied to
 * another row it does not open. Never changes for what is stored already.
 */
public final class SealedFor {
  private SealedFor() {}

  /** The credentials of one consent, wherever they lie. */
  public static String grant(String vendor, String userId, long generation) {
    return "credentials/" + vendor + "/" + generation + "/" + userId;
  }

  /** What a vendor answered to the refresh of one consent. */
  public static String refresh(String vendor, String userId, long generation) {
    return "refresh/" + vendor + "/" + generation + "/" + userId;
  }

  /** What the host keeps of a walk through a consent page. */
  public static String walk(String stateHash) {
    return "flow/" + stateHash;
  }

  /** What a connector remembers for itself. */
  public static String state(String vendor, String name) {
    return "state/" + vendor + "/" + name;
  }
}

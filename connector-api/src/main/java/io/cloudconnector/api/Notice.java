package io.cloudconnector.api;

/** What a {@link WebhookEvent} states. Made by its factories, read by the host alone. */
public sealed interface Notice {
  /** {@link WebhookEvent#changed}. */
  final class Changed implements Notice {
    private final String accountId;
    private final Resource resource;

    Changed(String accountId, Resource resource) {
      this.accountId = accountId;
      this.resource = resource;
    }

    public String accountId() {
      return accountId;
    }

    public Resource resource() {
      return resource;
    }

    @Override
    public String toString() {
      return "changed " + resource + " of " + accountId;
    }
  }

  /** {@link WebhookEvent#deleted}. */
  final class Deleted implements Notice {
    private final String accountId;
    private final Resource resource;

    Deleted(String accountId, Resource resource) {
      this.accountId = accountId;
      this.resource = resource;
    }

    public String accountId() {
      return accountId;
    }

    public Resource resource() {
      return resource;
    }

    @Override
    public String toString() {
      return "deleted " + resource + " of " + accountId;
    }
  }

  /** {@link WebhookEvent#carried}. */
  final class Carried implements Notice {
    private final String accountId;
    private final VendorData data;

    Carried(String accountId, VendorData data) {
      this.accountId = accountId;
      this.data = data;
    }

    public String accountId() {
      return accountId;
    }

    public VendorData data() {
      return data;
    }

    @Override
    public String toString() {
      return "carried " + data.resource() + " of " + accountId;
    }
  }

  /** {@link WebhookEvent#accessWithdrawn}. */
  final class AccessWithdrawn implements Notice {
    private final String accountId;

    AccessWithdrawn(String accountId) {
      this.accountId = accountId;
    }

    public String accountId() {
      return accountId;
    }

    @Override
    public String toString() {
      return "access withdrawn by " + accountId;
    }
  }

  /** {@link WebhookEvent#unreadable}. */
  final class Unreadable implements Notice {
    private final String where;
    private final String why;

    Unreadable(String where, String why) {
      this.where = where;
      this.why = why;
    }

    public String where() {
      return where;
    }

    public String why() {
      return why;
    }

    @Override
    public String toString() {
      return "unreadable at " + where + ": " + why;
    }
  }
}

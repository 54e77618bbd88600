-- A person's history as far back as somebody wants it: one row for each time that it is begun.
CREATE TABLE backfill (
  id TEXT NOT NULL PRIMARY KEY,
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  span_from BIGINT NOT NULL,
  span_to BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX backfill_by_connection ON backfill (vendor, user_id, created_at);

-- How far the list of one resource type has been gone through: newest slice first, each page by page. "row_id" is the row of
-- the inbox that does it; a walk without one and without "done_at" has ended early. Without "backfill_id" it looks for what
-- webhooks missed. Each page that is settled adds one to "pages", so that none counts twice.
CREATE TABLE history_walk (
  row_id BIGINT NOT NULL PRIMARY KEY,
  backfill_id TEXT,
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  span_from BIGINT NOT NULL,
  span_to BIGINT NOT NULL,
  slice_from BIGINT NOT NULL,
  slice_to BIGINT NOT NULL,
  page_cursor TEXT,
  slice_pages BIGINT NOT NULL,
  pages BIGINT NOT NULL,
  documents BIGINT NOT NULL,
  emitted BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  done_at BIGINT
);
CREATE INDEX history_walk_by_connection ON history_walk (vendor, user_id);
CREATE INDEX history_walk_by_backfill ON history_walk (backfill_id) WHERE backfill_id IS NOT NULL;

-- What the operator has last been given of each document: a hash of it, none where it was told to be gone. "logged_at" is 0
-- where nothing was given yet.
CREATE TABLE document (
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  content ${bytes},
  logged_at BIGINT NOT NULL,
  PRIMARY KEY (vendor, user_id, subject)
) ${clustered};

-- When a webhook last brought something of a type.
CREATE TABLE webhook_seen (
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (vendor, user_id, resource_type)
) ${clustered};

-- Up to when a type has been looked through for what webhooks missed, when that is to be done next, and what it brought.
-- "since" is when the account was linked; a later link of the same account does not change it.
CREATE TABLE reconciliation (
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  since BIGINT NOT NULL,
  done_to BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  row_id BIGINT,
  found_at BIGINT,
  missed BIGINT NOT NULL,
  PRIMARY KEY (vendor, user_id, resource_type)
) ${clustered};
CREATE INDEX reconciliation_by_due ON reconciliation (vendor, due_at);

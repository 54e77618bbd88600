-- Times are milliseconds since 1970, UTC. Sets, maps and lists are JSON text.

CREATE TABLE connection (
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  generation BIGINT NOT NULL,
  status TEXT NOT NULL,
  scopes TEXT NOT NULL,
  credentials ${bytes},
  credentials_version BIGINT NOT NULL,
  linked_at BIGINT NOT NULL,
  last_pull_at BIGINT,
  access_until BIGINT,
  refresh_until BIGINT,
  PRIMARY KEY (vendor, user_id)
);

CREATE TABLE connection_account (
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (vendor, user_id, account_id),
  FOREIGN KEY (vendor, user_id) REFERENCES connection (vendor, user_id) ON DELETE CASCADE
);
CREATE INDEX connection_account_by_account ON connection_account (vendor, account_id);

CREATE TABLE revocation (
  id ${identity},
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  generation BIGINT NOT NULL,
  account_ids TEXT NOT NULL,
  scopes TEXT NOT NULL,
  credentials ${bytes} NOT NULL,
  due_at BIGINT NOT NULL,
  give_up_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT
);
CREATE INDEX revocation_by_due ON revocation (due_at);

CREATE TABLE link (
  token_hash TEXT NOT NULL PRIMARY KEY,
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  return_url TEXT,
  options TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  spent_at BIGINT
);
CREATE INDEX link_by_expiry ON link (expires_at);

CREATE TABLE link_flow (
  state_hash TEXT NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL REFERENCES link (token_hash) ON DELETE CASCADE,
  browser_hash TEXT NOT NULL,
  secrets ${bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX link_flow_by_link ON link_flow (token_hash);
CREATE INDEX link_flow_by_expiry ON link_flow (expires_at);

CREATE TABLE connector_state (
  vendor TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed ${bytes} NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (vendor, name)
);

CREATE TABLE quarantine (
  id ${identity},
  vendor TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  headers TEXT NOT NULL,
  body ${bytes} NOT NULL,
  why TEXT NOT NULL
);

CREATE TABLE dedupe (
  vendor TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (vendor, dedupe_key)
) ${clustered};
CREATE INDEX dedupe_by_age ON dedupe (seen_at);

-- A line is what is worked off one at a time: a connection, or an account that nobody is mapped to yet.
-- What a vendor sent stands in "body" until it is worked off; in "webhook" where it told of several things at once.
CREATE TABLE inbox (
  id ${identity},
  copied_from BIGINT,
  position BIGINT GENERATED ALWAYS AS (COALESCE(copied_from, id)) STORED,
  line ${ordered_text} NOT NULL,
  vendor TEXT NOT NULL,
  account_id TEXT NOT NULL,
  user_id TEXT,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  resource_type TEXT,
  resource_id TEXT,
  resource_from TEXT,
  resource_to TEXT,
  hint TEXT,
  vendor_event_type TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  dedupe_key TEXT,
  attributes TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  first_tried_at BIGINT,
  attempts INTEGER NOT NULL,
  state TEXT NOT NULL,
  last_error TEXT,
  webhook_id BIGINT,
  media_type TEXT,
  data ${bytes},
  body ${bytes}
);
CREATE UNIQUE INDEX inbox_waiting_by_line ON inbox (line, lane, position) WHERE state = 'WAITING';
CREATE INDEX inbox_dead ON inbox (id) WHERE state = 'DEAD';
CREATE INDEX inbox_by_webhook ON inbox (webhook_id) WHERE webhook_id IS NOT NULL;

CREATE TABLE webhook (
  id ${identity},
  body ${bytes} NOT NULL
);

-- Of each line and lane in which something waits, when to look at it next.
CREATE TABLE inbox_line (
  line ${ordered_text} NOT NULL,
  lane TEXT NOT NULL,
  vendor TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (line, lane)
) ${clustered};
CREATE INDEX inbox_line_by_due ON inbox_line (vendor, lane, due_at);

CREATE TABLE event_log (
  seq ${identity},
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  resource_type TEXT,
  resource_id TEXT,
  trace_id TEXT,
  lane TEXT,
  written_at BIGINT NOT NULL,
  media_type TEXT,
  data ${bytes},
  attributes TEXT NOT NULL
);

CREATE TABLE limit_use (
  id ${identity},
  vendor TEXT NOT NULL,
  scope TEXT NOT NULL,
  tag TEXT NOT NULL,
  permits INTEGER NOT NULL,
  used_at BIGINT NOT NULL
);
CREATE INDEX limit_use_by_window ON limit_use (vendor, scope, used_at);
CREATE INDEX limit_use_by_age ON limit_use (used_at);

CREATE TABLE limit_stop (
  vendor TEXT NOT NULL,
  scope TEXT NOT NULL,
  stopped_until BIGINT NOT NULL,
  PRIMARY KEY (vendor, scope)
);

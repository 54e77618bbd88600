-- Of each vendor at which webhooks are registered by its API: what came of the last check, and who makes the next. "holder" is the one check
-- that may ask the vendor until "held_until". The next is due at "due_at"; 0: as soon as may be, since somebody asked for it.
-- "fingerprint" stands for what was wanted at the last check. "lapse_told_at" is when it was last told that some are about to end.
CREATE TABLE subscription_check (
  vendor TEXT NOT NULL PRIMARY KEY,
  holder TEXT,
  held_until BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL,
  checked_at BIGINT,
  failures INTEGER NOT NULL,
  last_error TEXT,
  steps TEXT,
  conflict TEXT,
  lapse_told_at BIGINT
);

-- What the last check that the vendor answered found there. Those that are not ours point elsewhere and were left alone.
CREATE TABLE subscription (
  vendor TEXT NOT NULL,
  position INTEGER NOT NULL,
  ours INTEGER NOT NULL,
  resource_type TEXT NOT NULL,
  event TEXT,
  vendor_id TEXT,
  callback_url TEXT NOT NULL,
  expires_at BIGINT,
  first_seen_at BIGINT NOT NULL,
  PRIMARY KEY (vendor, position),
  FOREIGN KEY (vendor) REFERENCES subscription_check (vendor) ON DELETE CASCADE
);

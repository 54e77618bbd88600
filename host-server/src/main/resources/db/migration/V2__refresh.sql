-- When to refresh a connection ahead of time; null: not until somebody needs it.
ALTER TABLE connection ADD COLUMN refresh_at BIGINT;
-- When new tokens came last.
ALTER TABLE connection ADD COLUMN refreshed_at BIGINT;
UPDATE connection SET refresh_at = access_until WHERE status = 'ACTIVE';
CREATE INDEX connection_by_refresh ON connection (vendor, refresh_at) WHERE status = 'ACTIVE';

-- Of each grant that is being refreshed, or whose last refresh brought no new tokens. "holder" is the one refresh that may ask
-- the vendor until "held_until". "asked_at" is marked while a question to the vendor is out, and "replies" (sealed) are what it answered
-- until that is judged. "doubt" tells of an attempt whose answer we never had: the vendor may have voided the stored tokens.
-- "dead_at" is when the vendor first said that the grant is over; "buried_at" when that was believed and told.
CREATE TABLE refresh (
  vendor TEXT NOT NULL,
  user_id TEXT NOT NULL,
  generation BIGINT NOT NULL,
  holder TEXT,
  held_until BIGINT NOT NULL,
  asked_at BIGINT,
  replies ${bytes},
  doubt TEXT,
  failures INTEGER NOT NULL,
  not_before BIGINT NOT NULL,
  last_error TEXT,
  dead_at BIGINT,
  buried_at BIGINT,
  PRIMARY KEY (vendor, user_id),
  FOREIGN KEY (vendor, user_id) REFERENCES connection (vendor, user_id) ON DELETE CASCADE
);
CREATE INDEX refresh_by_death ON refresh (vendor, dead_at) WHERE dead_at IS NOT NULL;

-- Vendors of whom nothing is refreshed, because too many of their links would have died at once. From "trial_at" on one link is tried.
CREATE TABLE refresh_stop (
  vendor TEXT NOT NULL PRIMARY KEY,
  stopped_at BIGINT NOT NULL,
  why TEXT NOT NULL,
  trial_at BIGINT NOT NULL,
  trials INTEGER NOT NULL
);

-- Who did what. Entries are only added; they go by age, and lose their person when the person is deleted.
CREATE TABLE audit (
  id ${identity},
  happened_at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  key_name TEXT,
  action TEXT NOT NULL,
  vendor TEXT,
  user_id TEXT,
  detail TEXT NOT NULL
);
CREATE INDEX audit_by_user ON audit (user_id, id);
CREATE INDEX audit_by_age ON audit (happened_at);

-- One row: the newest re-encryption of all that is sealed. It ended where ended_at is set.
CREATE TABLE key_rotation (
  id INTEGER NOT NULL PRIMARY KEY,
  key_id TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  resealed BIGINT NOT NULL,
  unreadable BIGINT NOT NULL
);

-- Numbers of events of deleted people: nothing but the number, so that a reader who stopped there can go on.
CREATE TABLE event_erased (
  seq BIGINT NOT NULL PRIMARY KEY
);

-- One row: the highest generation that a deleted connection had. A new one of the same person begins above it.
CREATE TABLE connection_floor (
  id INTEGER NOT NULL PRIMARY KEY,
  generation BIGINT NOT NULL
);
INSERT INTO connection_floor (id, generation) VALUES (1, 0);

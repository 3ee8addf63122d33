-- Erasing a person: what stays, and what must be found to be removed.

-- What took the place of an erased participation. `erased_at` is that of its
-- line in erasures.log, known_from that of the participation's first version.
CREATE TABLE erasure (
  forbund_id BLOB NOT NULL,
  insats_id BLOB NOT NULL,
  participation_id BLOB NOT NULL,
  erased_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_from INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, participation_id)
) STRICT;

-- token is a keyed hash of the person's number. Against an older consent.
CREATE TABLE withdrawal (
  forbund_id BLOB NOT NULL,
  token BLOB NOT NULL,
  recorded_at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, token)
) STRICT;

-- Requests are found by what they were about. Those remembered so far were
-- sealed without that column: they are forgotten.
DROP TABLE request_memory;

-- request_key is a keyed hash of user, method and request id. Without a key by
-- participation: an erasure reads the few rows of a week instead of every
-- registration writing one more page.
CREATE TABLE request_memory (
  request_key BLOB NOT NULL PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  participation_id BLOB,
  sealed BLOB NOT NULL
) STRICT;

CREATE INDEX request_memory_by_age ON request_memory (recorded_at);

-- The tables. What each column may tell stands in storage/README.md; whatever
-- says something about somebody is in `sealed` or `wrapped_key`.
--
-- Moments are microseconds since 1970, ids 16 bytes and in the order of time.
--
-- Rows that hold a seal are large: they lie in the order in which they were
-- written, and only the keys beside them are kept sorted. So a write touches the
-- end of each table and one page of each key, not a page in the middle of all.

-- One row: opens with the right key source and with no other.
CREATE TABLE installation (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  check_value BLOB NOT NULL
) STRICT;

-- One row: the last recorded_at, so that time never goes back over a restart.
CREATE TABLE progress (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE wrapped_key (
  scope_id BLOB NOT NULL,
  purpose INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  PRIMARY KEY (scope_id, purpose, key_version)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
  version INTEGER NOT NULL,
  list TEXT NOT NULL,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  group_code TEXT NOT NULL,
  flags TEXT NOT NULL,
  lowest INTEGER,
  highest INTEGER,
  mark TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  PRIMARY KEY (version, list, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  position INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  forbund_id BLOB,
  insats_id BLOB,
  participation_id BLOB,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE forbund_version (
  forbund_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_from INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, version)
) STRICT;

CREATE TABLE question_version (
  forbund_id BLOB NOT NULL,
  question_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_from INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, question_id, version)
) STRICT;

CREATE TABLE insats_version (
  forbund_id BLOB NOT NULL,
  insats_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_from INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, insats_id, version)
) STRICT;

-- count_id is a keyed hash of insats, kind and year.
CREATE TABLE count_version (
  forbund_id BLOB NOT NULL,
  insats_id BLOB NOT NULL,
  count_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_from INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, insats_id, count_id, version)
) STRICT;

CREATE TABLE participation (
  forbund_id BLOB NOT NULL,
  insats_id BLOB NOT NULL,
  participation_id BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  blind_index BLOB NOT NULL,
  wrapped_key BLOB NOT NULL,
  PRIMARY KEY (forbund_id, participation_id)
) STRICT;

-- Finds a person in an insats, and lists the participations of an insats. By
-- insats first: a file of one insats then touches few pages of it.
CREATE INDEX participation_by_insats
  ON participation (forbund_id, insats_id, blind_index, participation_id);

CREATE TABLE participation_version (
  forbund_id BLOB NOT NULL,
  insats_id BLOB NOT NULL,
  participation_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_from INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, participation_id, version)
) STRICT;

-- grant_id and user_index are keyed hashes. A grant that was removed has a last
-- version that says so.
CREATE TABLE access_grant_version (
  grant_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  position INTEGER NOT NULL,
  user_index BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (grant_id, version)
) STRICT;

CREATE INDEX access_grant_version_by_user
  ON access_grant_version (user_index);

-- scope_id is the förbund, or 16 zero bytes for the installation's own log.
CREATE TABLE audit_entry (
  scope_id BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  leaf_hash BLOB NOT NULL,
  PRIMARY KEY (scope_id, sequence)
) STRICT;

-- Where each log ends: the roots of the full subtrees of its Merkle tree.
CREATE TABLE audit_log (
  scope_id BLOB NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  subtrees BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Signed heads of the logs, kept every so many entries.
CREATE TABLE audit_head (
  scope_id BLOB NOT NULL,
  size INTEGER NOT NULL,
  signed_at INTEGER NOT NULL,
  root BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (scope_id, size)
) STRICT, WITHOUT ROWID;

-- request_key is a keyed hash of user, method and request id.
CREATE TABLE request_memory (
  request_key BLOB NOT NULL PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE INDEX request_memory_by_age ON request_memory (recorded_at);

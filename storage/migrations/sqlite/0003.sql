-- Each key of the key source that this database has been wrapped under. One
-- without ended_at is being rotated to.
CREATE TABLE key_rotation (
  source_version INTEGER PRIMARY KEY,
  begun_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

-- Yearly reports that a förbund has fixed (kind 1), and releases of them
-- (kind 2; those of the nation under the id that is all zeros): written once,
-- never changed.
-- key_version is that of the key that signed.
CREATE TABLE sealed_report (
  forbund_id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  year INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (forbund_id, kind, year, revision)
) STRICT;

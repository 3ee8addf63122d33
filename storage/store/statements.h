// Every statement on the rows. The same text runs on every database; parameters
// are bound by name.
#pragma once

#include "absl/strings/string_view.h"

namespace stegvis::storage::statements {

// --- The installation

inline constexpr absl::string_view kReadProgress =
    "SELECT recorded_at FROM progress";
inline constexpr absl::string_view kWriteProgress = R"sql(
  INSERT INTO progress (only_row, recorded_at) VALUES (1, $1)
  ON CONFLICT (only_row) DO UPDATE SET recorded_at = $1
)sql";

inline constexpr absl::string_view kReadCodes = R"sql(
  SELECT version, list, code, label, group_code, flags, lowest, highest, mark,
         valid_from, valid_to
  FROM code
  WHERE version = (SELECT max(version) FROM code)
  ORDER BY list, position
)sql";

// --- The change feed

inline constexpr absl::string_view kInsertChange = R"sql(
  INSERT INTO change
    (position, kind, forbund_id, insats_id, participation_id, version)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql";
inline constexpr absl::string_view kReadChanges = R"sql(
  SELECT position, kind, forbund_id, insats_id, participation_id, version
  FROM change
  WHERE position > $1
  ORDER BY position
  LIMIT $2
)sql";
inline constexpr absl::string_view kReadTail =
    "SELECT coalesce(max(position), 0) FROM change";

// --- Versions of förbund, questions, insatser and counts. Their columns are
// the ids, then version, created_at, recorded_at, known_from, position, sealed.

inline constexpr absl::string_view kInsertForbund = R"sql(
  INSERT INTO forbund_version
    (forbund_id, version, created_at, recorded_at, known_from, position, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";
inline constexpr absl::string_view kNewestForbund = R"sql(
  SELECT forbund_id,
         version, created_at, recorded_at, known_from, position, sealed
  FROM forbund_version
  WHERE forbund_id = $1 AND known_from <= $2 AND version <= $3
  ORDER BY version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kListForbund = R"sql(
  SELECT v.forbund_id, v.version, v.created_at, v.recorded_at, v.known_from,
         v.position, v.sealed
  FROM forbund_version v
  WHERE v.version = (SELECT max(n.version)
                     FROM forbund_version n
                     WHERE n.forbund_id = v.forbund_id AND n.known_from <= $1)
  ORDER BY v.forbund_id
)sql";

inline constexpr absl::string_view kInsertQuestion = R"sql(
  INSERT INTO question_version
    (forbund_id, question_id,
     version, created_at, recorded_at, known_from, position, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";
inline constexpr absl::string_view kNewestQuestion = R"sql(
  SELECT forbund_id, question_id,
         version, created_at, recorded_at, known_from, position, sealed
  FROM question_version
  WHERE forbund_id = $1 AND question_id = $2 AND known_from <= $3 AND version <= $4
  ORDER BY version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kListQuestions = R"sql(
  SELECT v.forbund_id, v.question_id, v.version, v.created_at, v.recorded_at,
         v.known_from, v.position, v.sealed
  FROM question_version v
  WHERE v.forbund_id = $1
    AND v.version = (SELECT max(n.version)
                     FROM question_version n
                     WHERE n.forbund_id = v.forbund_id
                       AND n.question_id = v.question_id
                       AND n.known_from <= $2)
  ORDER BY v.question_id
)sql";

inline constexpr absl::string_view kInsertInsats = R"sql(
  INSERT INTO insats_version
    (forbund_id, insats_id,
     version, created_at, recorded_at, known_from, position, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";
inline constexpr absl::string_view kNewestInsats = R"sql(
  SELECT forbund_id, insats_id,
         version, created_at, recorded_at, known_from, position, sealed
  FROM insats_version
  WHERE forbund_id = $1 AND insats_id = $2 AND known_from <= $3 AND version <= $4
  ORDER BY version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kListInsatser = R"sql(
  SELECT v.forbund_id, v.insats_id, v.version, v.created_at, v.recorded_at,
         v.known_from, v.position, v.sealed
  FROM insats_version v
  WHERE v.forbund_id = $1
    AND v.version = (SELECT max(n.version)
                     FROM insats_version n
                     WHERE n.forbund_id = v.forbund_id
                       AND n.insats_id = v.insats_id
                       AND n.known_from <= $2)
  ORDER BY v.insats_id
)sql";
inline constexpr absl::string_view kListInsatsVersions = R"sql(
  SELECT forbund_id, insats_id,
         version, created_at, recorded_at, known_from, position, sealed
  FROM insats_version
  WHERE forbund_id = $1
  ORDER BY position
)sql";

inline constexpr absl::string_view kInsertCount = R"sql(
  INSERT INTO count_version
    (forbund_id, insats_id, count_id,
     version, created_at, recorded_at, known_from, position, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql";
inline constexpr absl::string_view kNewestCount = R"sql(
  SELECT forbund_id, insats_id, count_id,
         version, created_at, recorded_at, known_from, position, sealed
  FROM count_version
  WHERE forbund_id = $1 AND insats_id = $2 AND count_id = $3
    AND known_from <= $4 AND version <= $5
  ORDER BY version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kListCounts = R"sql(
  SELECT v.forbund_id, v.insats_id, v.count_id, v.version, v.created_at,
         v.recorded_at, v.known_from, v.position, v.sealed
  FROM count_version v
  WHERE v.forbund_id = $1 AND v.insats_id = $2
    AND v.version = (SELECT max(n.version)
                     FROM count_version n
                     WHERE n.forbund_id = v.forbund_id
                       AND n.insats_id = v.insats_id
                       AND n.count_id = v.count_id
                       AND n.known_from <= $3)
  ORDER BY v.count_id
)sql";
inline constexpr absl::string_view kListCountVersions = R"sql(
  SELECT forbund_id, insats_id, count_id,
         version, created_at, recorded_at, known_from, position, sealed
  FROM count_version
  WHERE forbund_id = $1
  ORDER BY position
)sql";

// --- Grants

inline constexpr absl::string_view kInsertGrant = R"sql(
  INSERT INTO access_grant_version
    (grant_id, version, created_at, recorded_at, position, user_index, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";
inline constexpr absl::string_view kNewestGrant = R"sql(
  SELECT grant_id, version, created_at, recorded_at, position, user_index,
         sealed
  FROM access_grant_version
  WHERE grant_id = $1
  ORDER BY version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kListGrants = R"sql(
  SELECT v.grant_id, v.version, v.created_at, v.recorded_at, v.position,
         v.user_index, v.sealed
  FROM access_grant_version v
  WHERE v.version = (SELECT max(n.version)
                     FROM access_grant_version n
                     WHERE n.grant_id = v.grant_id)
  ORDER BY v.created_at, v.grant_id
)sql";
inline constexpr absl::string_view kGrantsOfUser = R"sql(
  SELECT v.grant_id, v.version, v.created_at, v.recorded_at, v.position,
         v.user_index, v.sealed
  FROM access_grant_version v
  WHERE v.user_index = $1
    AND v.version = (SELECT max(n.version)
                     FROM access_grant_version n
                     WHERE n.grant_id = v.grant_id)
  ORDER BY v.created_at, v.grant_id
)sql";

// --- The audit log

inline constexpr absl::string_view kInsertAudit = R"sql(
  INSERT INTO audit_entry (scope_id, sequence, recorded_at, sealed, leaf_hash)
  VALUES ($1, $2, $3, $4, $5)
)sql";
inline constexpr absl::string_view kLastAudit = R"sql(
  SELECT coalesce(max(sequence), 0) FROM audit_entry WHERE scope_id = $1
)sql";
inline constexpr absl::string_view kListAudit = R"sql(
  SELECT sequence, recorded_at, sealed, leaf_hash
  FROM audit_entry
  WHERE scope_id = $1 AND sequence > $2
  ORDER BY sequence
  LIMIT $3
)sql";
inline constexpr absl::string_view kListLeaves = R"sql(
  SELECT leaf_hash FROM audit_entry WHERE scope_id = $1 ORDER BY sequence
)sql";
inline constexpr absl::string_view kReadLog =
    "SELECT size, subtrees FROM audit_log WHERE scope_id = $1";
inline constexpr absl::string_view kWriteLog = R"sql(
  INSERT INTO audit_log (scope_id, size, subtrees)
  VALUES ($1, $2, $3)
  ON CONFLICT (scope_id) DO UPDATE SET size = $2, subtrees = $3
)sql";
// One of that size that is there already was signed before entries were
// removed: it stays, as the proof of that.
inline constexpr absl::string_view kInsertHead = R"sql(
  INSERT INTO audit_head (scope_id, size, signed_at, root, signature)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (scope_id, size) DO NOTHING
)sql";
inline constexpr absl::string_view kListHeads = R"sql(
  SELECT size, signed_at, root, signature
  FROM audit_head
  WHERE scope_id = $1
  ORDER BY size
)sql";
// By the last number of each log: counting would read every entry. Purpose 2 is
// a key that each scope has one of.
inline constexpr absl::string_view kCountAudit = R"sql(
  SELECT coalesce(sum((SELECT max(a.sequence)
                       FROM audit_entry a
                       WHERE a.scope_id = k.scope_id)), 0)
  FROM wrapped_key k
  WHERE k.purpose = 2
)sql";

// --- Remembered requests

inline constexpr absl::string_view kForgetRequests =
    "DELETE FROM request_memory WHERE recorded_at <= $1";
inline constexpr absl::string_view kForgetRequestsAbout =
    "DELETE FROM request_memory WHERE participation_id = $1";
inline constexpr absl::string_view kInsertRequest = R"sql(
  INSERT INTO request_memory
    (request_key, recorded_at, participation_id, sealed)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (request_key)
  DO UPDATE SET recorded_at = $2, participation_id = $3, sealed = $4
)sql";
inline constexpr absl::string_view kFindRequest = R"sql(
  SELECT recorded_at, participation_id, sealed
  FROM request_memory
  WHERE request_key = $1 AND recorded_at > $2
)sql";

// --- Sealed reports: none is changed, and none removed

inline constexpr absl::string_view kInsertSealedReport = R"sql(
  INSERT INTO sealed_report
    (forbund_id, kind, year, revision, recorded_at, key_version, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";
inline constexpr absl::string_view kNewestSealedReport = R"sql(
  SELECT coalesce(max(revision), 0)
  FROM sealed_report
  WHERE forbund_id = $1 AND kind = $2 AND year = $3
)sql";
inline constexpr absl::string_view kListSealedReports = R"sql(
  SELECT year, revision, recorded_at, key_version
  FROM sealed_report
  WHERE forbund_id = $1 AND kind = $2
  ORDER BY year, revision
)sql";
inline constexpr absl::string_view kReadSealedReport = R"sql(
  SELECT recorded_at, key_version, sealed
  FROM sealed_report
  WHERE forbund_id = $1 AND kind = $2 AND year = $3 AND revision = $4
)sql";

}  // namespace stegvis::storage::statements

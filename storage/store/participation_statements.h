// The statements on participations. Those that read versions give the columns
// of ParticipationColumn, in its order.
//
// A version is joined to its participation from the left: one whose
// participation was removed or renamed is still seen, as unreadable.
#pragma once

#include "absl/strings/string_view.h"

namespace stegvis::storage::statements {

inline constexpr absl::string_view kInsertParticipation = R"sql(
  INSERT INTO participation
    (forbund_id, insats_id, participation_id, created_at, blind_index,
     wrapped_key)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql";
inline constexpr absl::string_view kUpdateParticipation = R"sql(
  UPDATE participation
  SET blind_index = $4, wrapped_key = $5
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
)sql";
inline constexpr absl::string_view kReadParticipation = R"sql(
  SELECT created_at, blind_index, wrapped_key
  FROM participation
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
)sql";
inline constexpr absl::string_view kReadLastVersion = R"sql(
  SELECT version, known_from
  FROM participation_version
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
  ORDER BY version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kInsertParticipationVersion = R"sql(
  INSERT INTO participation_version
    (forbund_id, insats_id, participation_id, version, recorded_at, known_from,
     position, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";

inline constexpr absl::string_view kNewestParticipation = R"sql(
  SELECT v.insats_id, v.participation_id, v.version, v.recorded_at,
         v.known_from, v.position, v.sealed,
         p.created_at, p.blind_index, p.wrapped_key
  FROM participation_version v
  LEFT JOIN participation p
    ON p.forbund_id = v.forbund_id AND p.insats_id = v.insats_id
   AND p.participation_id = v.participation_id
  WHERE v.forbund_id = $1 AND v.insats_id = $2 AND v.participation_id = $3
    AND v.known_from <= $4
  ORDER BY v.version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kParticipationOfVersion = R"sql(
  SELECT v.insats_id, v.participation_id, v.version, v.recorded_at,
         v.known_from, v.position, v.sealed,
         p.created_at, p.blind_index, p.wrapped_key
  FROM participation_version v
  LEFT JOIN participation p
    ON p.forbund_id = v.forbund_id AND p.insats_id = v.insats_id
   AND p.participation_id = v.participation_id
  WHERE v.forbund_id = $1 AND v.insats_id = $2 AND v.participation_id = $3
    AND v.version = $4
)sql";
// Where the participations of an insats lie. Materialized, so that a small
// insats does not read its whole förbund.
inline constexpr absl::string_view kListInInsats = R"sql(
  WITH listed AS MATERIALIZED (
    SELECT insats_id, participation_id
    FROM participation
    WHERE forbund_id = $1 AND insats_id = $2
  )
  SELECT insats_id, participation_id
  FROM listed
  WHERE participation_id > $3
  ORDER BY participation_id
)sql";
// Where a person's participations lie.
inline constexpr absl::string_view kFindInInsats = R"sql(
  SELECT insats_id, participation_id
  FROM participation
  WHERE forbund_id = $1 AND insats_id = $3 AND blind_index = $2
  ORDER BY participation_id
)sql";
// Goes from insats to insats, as the index does.
inline constexpr absl::string_view kFindInForbund = R"sql(
  WITH RECURSIVE insatser (insats_id) AS (
    SELECT min(insats_id) FROM participation WHERE forbund_id = $1
    UNION ALL
    SELECT (SELECT min(insats_id)
            FROM participation
            WHERE forbund_id = $1 AND insats_id > insatser.insats_id)
    FROM insatser
    WHERE insatser.insats_id IS NOT NULL
  )
  SELECT p.insats_id, p.participation_id
  FROM insatser
  CROSS JOIN participation p
  WHERE p.forbund_id = $1 AND p.insats_id = insatser.insats_id
    AND p.blind_index = $2
  ORDER BY p.participation_id
)sql";
inline constexpr absl::string_view kScanParticipations = R"sql(
  SELECT v.insats_id, v.participation_id, v.version, v.recorded_at,
         v.known_from, v.position, v.sealed,
         p.created_at, p.blind_index, p.wrapped_key
  FROM participation_version v
  LEFT JOIN participation p
    ON p.forbund_id = v.forbund_id AND p.insats_id = v.insats_id
   AND p.participation_id = v.participation_id
  WHERE v.forbund_id = $1
  ORDER BY v.participation_id, v.version
)sql";

}  // namespace stegvis::storage::statements

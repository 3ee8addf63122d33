// The statements on erased participations and withdrawn consents.
#pragma once

#include "absl/strings/string_view.h"

namespace stegvis::storage::statements {

// --- What goes

inline constexpr absl::string_view kFirstKnown = R"sql(
  SELECT known_from
  FROM participation_version
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
  ORDER BY version
  LIMIT 1
)sql";
inline constexpr absl::string_view kDeleteVersions = R"sql(
  DELETE FROM participation_version
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
)sql";
inline constexpr absl::string_view kDeleteParticipation = R"sql(
  DELETE FROM participation
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
)sql";

// --- What stays

inline constexpr absl::string_view kInsertErasure = R"sql(
  INSERT INTO erasure
    (forbund_id, insats_id, participation_id, erased_at, recorded_at,
     known_from, position, sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";
inline constexpr absl::string_view kReadErasure = R"sql(
  SELECT insats_id, participation_id, erased_at, recorded_at, known_from,
         position, sealed
  FROM erasure
  WHERE forbund_id = $1 AND insats_id = $2 AND participation_id = $3
)sql";
inline constexpr absl::string_view kListErasures = R"sql(
  SELECT insats_id, participation_id, erased_at, recorded_at, known_from,
         position, sealed
  FROM erasure
  WHERE forbund_id = $1
  ORDER BY position
)sql";
inline constexpr absl::string_view kListErasedKeys = R"sql(
  SELECT forbund_id, insats_id, participation_id, erased_at
  FROM erasure
  ORDER BY position
)sql";

// --- Withdrawals

inline constexpr absl::string_view kWriteWithdrawal = R"sql(
  INSERT INTO withdrawal (forbund_id, token, recorded_at, sealed)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (forbund_id, token) DO UPDATE SET recorded_at = $3, sealed = $4
)sql";
inline constexpr absl::string_view kReadWithdrawal = R"sql(
  SELECT recorded_at, sealed
  FROM withdrawal
  WHERE forbund_id = $1 AND token = $2
)sql";
inline constexpr absl::string_view kListWithdrawals = R"sql(
  SELECT token, recorded_at, sealed
  FROM withdrawal
  WHERE forbund_id = $1
)sql";
inline constexpr absl::string_view kDeleteWithdrawal =
    "DELETE FROM withdrawal WHERE forbund_id = $1 AND token = $2";

}  // namespace stegvis::storage::statements

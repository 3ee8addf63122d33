// The statements on keys.
#pragma once

#include "absl/strings/string_view.h"

namespace stegvis::storage::statements {

// --- The keys of scopes

inline constexpr absl::string_view kReadWrappedKeys = R"sql(
  SELECT purpose, key_version, wrapped
  FROM wrapped_key
  WHERE scope_id = $1
)sql";
inline constexpr absl::string_view kPutWrappedKey = R"sql(
  INSERT INTO wrapped_key (scope_id, purpose, key_version, wrapped)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (scope_id, purpose, key_version) DO UPDATE SET wrapped = $4
)sql";
// Purpose 1 is the scope key; the installation's is the first.
inline constexpr absl::string_view kListScopes = R"sql(
  SELECT DISTINCT scope_id
  FROM wrapped_key
  WHERE purpose = 1
  ORDER BY scope_id
)sql";
inline constexpr absl::string_view kDeleteScopeKeysBefore = R"sql(
  DELETE FROM wrapped_key
  WHERE scope_id = $1 AND purpose = 1 AND key_version < $2
)sql";

// --- The keys of participations

inline constexpr absl::string_view kCountParticipations =
    "SELECT count(*) FROM participation";
inline constexpr absl::string_view kCountParticipationsOf =
    "SELECT count(*) FROM participation WHERE forbund_id = $1";
inline constexpr absl::string_view kListParticipationKeys = R"sql(
  SELECT insats_id, participation_id, created_at, blind_index, wrapped_key
  FROM participation
  WHERE forbund_id = $1 AND participation_id > $2
  ORDER BY participation_id
  LIMIT $3
)sql";
inline constexpr absl::string_view kRewrapParticipation = R"sql(
  UPDATE participation
  SET wrapped_key = $3
  WHERE forbund_id = $1 AND participation_id = $2
)sql";

// --- The key source

inline constexpr absl::string_view kReadCheckValue =
    "SELECT check_value FROM installation";
inline constexpr absl::string_view kPutCheckValue = R"sql(
  INSERT INTO installation (only_row, check_value) VALUES (1, $1)
  ON CONFLICT (only_row) DO UPDATE SET check_value = $1
)sql";

// --- Rotations

inline constexpr absl::string_view kBeginRotation = R"sql(
  INSERT INTO key_rotation (source_version, begun_at) VALUES ($1, $2)
)sql";
inline constexpr absl::string_view kEndRotation = R"sql(
  UPDATE key_rotation SET ended_at = $2 WHERE source_version = $1
)sql";
inline constexpr absl::string_view kFindRotation = R"sql(
  SELECT source_version, begun_at
  FROM key_rotation
  WHERE ended_at IS NULL
  ORDER BY source_version DESC
  LIMIT 1
)sql";
inline constexpr absl::string_view kReadRotation = R"sql(
  SELECT begun_at
  FROM key_rotation
  WHERE source_version = $1
)sql";

}  // namespace stegvis::storage::statements

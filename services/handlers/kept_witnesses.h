// Witnesses of releases beside each other, as the store keeps them.
#pragma once

#include "absl/status/status.h"
#include "services/disclosure/together.h"
#include "stegvis/v1/kept_witnesses.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// DSSE's payload type of them.
inline constexpr char kWitnessesBesideType[] =
    "application/vnd.stegvis.witnesses-beside+protobuf";

v1::WitnessesBeside ToProto(const disclosure::WitnessesByRelease& found);

// Adds those of `message` to `kept`; nothing of an unknown format. INTERNAL
// when they say of no cell what it differs by.
absl::Status AddFrom(const v1::WitnessesBeside& message,
                     disclosure::WitnessesByRelease& kept);

// Adds what was found when the release of `key` was put beside others: nothing
// where there were none.
absl::Status AddKept(const storage::SealedReportKey& key,
                     storage::ReadTransaction& tx,
                     disclosure::WitnessesByRelease& kept);

}  // namespace stegvis::handlers

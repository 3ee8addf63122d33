// Deciding what is left of a participation that is erased.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/day.h"
#include "services/domain/code_list.h"
#include "storage/store/erasure_log.h"
#include "storage/store/store.h"

namespace stegvis::storage {

// What EraseParticipation is to be told of the participation, erased on
// `today`. Of one that does not open nothing is left: neither the sex nor the
// year is known. NOT_FOUND.
absl::StatusOr<ParticipationToErase> WhatToErase(ReadTransaction& tx,
                                                 const ParticipationKey& key,
                                                 const domain::CodeBook& codes,
                                                 Day today);

// Erases what stands on the list of erasures and is still there: an erasure was
// cut off, or the database is an older copy. Audited as the server's own doing.
absl::Status FinishErasures(Store& store,
                            const std::vector<ErasureEntry>& listed);

}  // namespace stegvis::storage

// Counts between proto and domain. See convert.h.
#pragma once

#include "absl/status/statusor.h"
#include "services/base/ids.h"
#include "services/domain/counts.h"
#include "stegvis/v1/count.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// INVALID_ARGUMENT at `kind`, without which nothing else can be judged.
absl::StatusOr<domain::CountStatement> ReadCount(const v1::Count& message);

v1::Count ToProto(ForbundId forbund,
                  const storage::Versioned<domain::Count>& stored);

}  // namespace stegvis::handlers

// Code lists as a node sent them.
#pragma once

#include "absl/status/statusor.h"
#include "services/domain/code_list.h"
#include "stegvis/v1/code_list.pb.h"

namespace stegvis::rollup {

// Lists and flags that this program does not know are left out: both may grow.
// INVALID_ARGUMENT when a day is none; else as CodeBook::Create.
absl::StatusOr<domain::CodeBook> CodeBookOf(
    const v1::ListCodesResponse& message);

}  // namespace stegvis::rollup

// Checks of texts that several rules share.
//
// Pure functions. Safe from any thread.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"
#include "services/base/errors.h"

namespace stegvis::domain {

// Whether every byte is an ASCII digit.
bool AllDigits(absl::string_view text);

// Adds TOO_LONG at `path` when `text` has more than `max_bytes`.
void CheckSize(absl::string_view text, size_t max_bytes, absl::string_view path,
               Faults& faults);

// The same for a title; MISSING besides when nothing but blanks is in it.
void CheckTitle(absl::string_view title, absl::string_view path,
                Faults& faults);

}  // namespace stegvis::domain

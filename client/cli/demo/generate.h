// The demo data set: invented people, real published results.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace stegvis::demo {

inline constexpr int kMaxScale = 100;

struct GenerateOptions {
  uint64_t seed = 1;
  // Multiplies people and counts, 1 to kMaxScale; förbund and insatser stay.
  int scale = 1;
  // Is made when it is not there.
  std::string directory;
};

// Writes forbund.csv, insatser.csv, participants.csv, counts.csv (the last two
// for `import --migrate`) and LASMIG.txt, which says in Swedish what is
// published and what is invented. The same options give the same bytes on every
// machine. INVALID_ARGUMENT with OUT_OF_RANGE at `scale`; FAILED_PRECONDITION
// with FOLDER_NOT_EMPTY; RESOURCE_EXHAUSTED with FILE_UNWRITABLE.
absl::Status Generate(const GenerateOptions& options);

}  // namespace stegvis::demo

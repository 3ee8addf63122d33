// Things of a förbund as rows of the files that the imports read. Each has the
// fields of its import's columns, in their order.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "stegvis/v1/count.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::cli {

struct ExportNames {
  std::string forbund;                                     // Display name.
  absl::flat_hash_map<std::string, std::string> insatser;  // Name to title.
};

std::vector<std::string> InsatsFields(const v1::Insats& insats,
                                      const ExportNames& names);

// After the fixed columns one for each question, two for a question that is
// asked both at the entry and at the exit, and `registrerad` if wished.
std::vector<std::string> ParticipantHeader(
    const v1::ListQuestionsResponse& questions, bool registered);
std::vector<std::string> ParticipantFields(
    const v1::ParticipationRow& row, const ExportNames& names,
    const v1::ListQuestionsResponse& questions, bool registered);

std::vector<std::string> CountFields(const v1::Count& count,
                                     const ExportNames& names, bool registered);

}  // namespace stegvis::cli

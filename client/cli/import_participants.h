// Files of participants.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/directory.h"
#include "client/cli/import_kind.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::cli {

using ParticipationRowParser = RowParser<v1::ParticipationRow>;

// The columns of participant files, in the order of the documentation; exports
// write the same.
std::vector<absl::string_view> ParticipantColumns();

// The beginnings of the columns for a förbund's own questions. `fraga:TEXT` is
// the answer at the entry or, for a question that is asked at the exit only,
// at the exit; `fraga_ut:TEXT` always the one at the exit.
inline constexpr absl::string_view kQuestionColumn = "fraga:";
inline constexpr absl::string_view kExitQuestionColumn = "fraga_ut:";

// A parser for files with that header. With `migrate` there is a column
// `registrerad`. Fails for a header that does not fit.
absl::StatusOr<std::unique_ptr<ParticipationRowParser>> ParticipantParser(
    const std::vector<std::string>& header, bool migrate, Directory& directory);

// The column that a field path of the server came from.
std::string ParticipantColumn(const std::string& path, const RowTrace& trace);

}  // namespace stegvis::cli

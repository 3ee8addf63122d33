// Errors as the user reads them: one line in Swedish that says what is wrong,
// where, and how to mend it. Commands return absl::Status; its message is that
// line.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"

namespace stegvis::cli {

// Refused or failed: exit status 1.
absl::Status Complaint(absl::string_view line);

// Wrong usage: exit status 2.
absl::Status WrongUsage(absl::string_view line);
bool IsWrongUsage(const absl::Status& status);

// What the server said, with the Swedish text of each reason. `code` is kept.
absl::Status RemoteComplaint(absl::StatusCode code, absl::string_view reason,
                             const std::vector<Fault>& faults);

// The reason that the server gave, without prefix, and the faults; empty for
// other errors. An input error without faults has one, of the whole.
std::string RemoteReason(const absl::Status& status);
std::vector<Fault> RemoteFaults(const absl::Status& status);

}  // namespace stegvis::cli

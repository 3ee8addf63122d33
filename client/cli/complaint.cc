#include "client/cli/complaint.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/cli/field_text.h"
#include "client/cli/reason_text.h"

namespace stegvis::cli {
namespace {

constexpr absl::string_view kUsagePayload = "stegvis/usage";
constexpr absl::string_view kReasonPayload = "stegvis/remote-reason";
constexpr absl::string_view kFaultsPayload = "stegvis/remote-faults";

std::string FaultText(const Fault& fault) {
  const std::string field = FieldText(fault.field);
  const std::string reason = ReasonTextAt(fault.field, fault.reason);
  return field.empty() ? reason : absl::StrCat(field, ": ", reason);
}

}  // namespace

absl::Status Complaint(absl::string_view line) {
  return absl::FailedPreconditionError(line);
}

absl::Status WrongUsage(absl::string_view line) {
  absl::Status status = absl::InvalidArgumentError(line);
  status.SetPayload(kUsagePayload, absl::Cord());
  return status;
}

bool IsWrongUsage(const absl::Status& status) {
  return status.GetPayload(kUsagePayload).has_value();
}

absl::Status RemoteComplaint(absl::StatusCode code, absl::string_view reason,
                             const std::vector<Fault>& faults) {
  std::string line = ReasonText(reason);
  if (!faults.empty()) {
    line = absl::StrJoin(faults, " ", [](std::string* out, const Fault& fault) {
      absl::StrAppend(out, FaultText(fault));
    });
  }
  absl::Status status(code, line);
  status.SetPayload(kReasonPayload, absl::Cord(reason));
  status.SetPayload(kFaultsPayload,
                    absl::Cord(absl::StrJoin(
                        faults, "\n", [](std::string* out, const Fault& fault) {
                          absl::StrAppend(out, fault.field, "=", fault.reason);
                        })));
  return status;
}

std::string RemoteReason(const absl::Status& status) {
  const auto payload = status.GetPayload(kReasonPayload);
  return payload.has_value() ? std::string(*payload) : std::string();
}

std::vector<Fault> RemoteFaults(const absl::Status& status) {
  std::vector<Fault> faults;
  const auto payload = status.GetPayload(kFaultsPayload);
  if (!payload.has_value()) return faults;
  const std::string text(*payload);
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> halves =
        absl::StrSplit(line, absl::MaxSplits('=', 1));
    faults.push_back({halves.first, halves.second});
  }
  if (faults.empty()) faults.push_back({"", RemoteReason(status)});
  return faults;
}

}  // namespace stegvis::cli

#include "services/handlers/reading.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace stegvis::handlers {
namespace {

constexpr absl::string_view kDate = "date";

bool DependsOnTheDay(absl::string_view reason) {
  return reason == reasons::kCodeNotInForce ||
         reason == reasons::kQuestionNotAsked;
}

}  // namespace

absl::Status InField(absl::string_view prefix, const absl::Status& status) {
  return FaultsOf(status).empty() ? status : AtField(prefix, status);
}

void Reading::Add(absl::string_view path, absl::string_view reason) {
  unread_.push_back(Fault{std::string(path), std::string(reason)});
}

std::optional<Day> Reading::Required(absl::string_view path,
                                     absl::string_view text) {
  if (text.empty()) Add(path, reasons::kMissing);
  return Optional(path, text);
}

std::optional<Day> Reading::Optional(absl::string_view path,
                                     absl::string_view text) {
  if (text.empty()) return std::nullopt;
  const absl::StatusOr<Day> day = Day::Parse(text);
  if (day.ok()) return *day;
  AddFrom(path, day.status());
  return std::nullopt;
}

absl::Status Reading::With(const absl::Status& rules) const {
  const std::vector<Fault> refused = FaultsOf(rules);
  if (!rules.ok() && refused.empty()) return rules;
  Faults all;
  for (const Fault& fault : unread_) all.Add(fault.field, fault.reason);
  for (const Fault& fault : refused) {
    if (!Explains(fault)) all.Add(fault.field, fault.reason);
  }
  return all.ToStatus();
}

void Reading::AddFrom(absl::string_view path, const absl::Status& status) {
  for (const Fault& fault : FaultsOf(AtField(path, status))) {
    unread_.push_back(fault);
  }
}

// Whether `fault` stands where something could not be read, or judges a code
// or a question by a day that could not be read.
bool Reading::Explains(const Fault& fault) const {
  return std::any_of(unread_.begin(), unread_.end(), [&](const Fault& unread) {
    if (unread.field == fault.field) return true;
    absl::string_view moment = unread.field;
    return DependsOnTheDay(fault.reason) && absl::EndsWith(moment, kDate) &&
           absl::StartsWith(fault.field,
                            moment.substr(0, moment.size() - kDate.size()));
  });
}

}  // namespace stegvis::handlers

#include "services/outcome/selection.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/status_macros.h"

namespace stegvis::outcome {
namespace {

using domain::Code;
using domain::CodeList;

absl::Status CodeUnknown() {
  Faults faults;
  faults.Add("", reasons::kCodeUnknown);
  return faults.ToStatus();
}

bool IsKommunCode(const std::string& text) {
  return text.size() == 4 &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

absl::Status ReadSex(const std::string& value, WantedValues& sex) {
  if (value != "women" && value != "men") return CodeUnknown();
  sex.Add(value == "men" ? 1 : 0);
  return absl::OkStatus();
}

absl::Status ReadKommun(const std::string& value, WantedValues& kommun) {
  if (value.empty()) {
    kommun.Add(kUnknownKommun);
    return absl::OkStatus();
  }
  uint32_t number = 0;
  if (!IsKommunCode(value) || !absl::SimpleAtoi(value, &number)) {
    return CodeUnknown();
  }
  kommun.Add(number);
  return absl::OkStatus();
}

// Whether `dimension` can be filtered on at all.
bool IsFilter(Dimension dimension) {
  switch (dimension) {
    case Dimension::kSex:
    case Dimension::kAgeGroup:
    case Dimension::kEducation:
    case Dimension::kReferredBy:
    case Dimension::kFocus:
    case Dimension::kTargetGroup:
    case Dimension::kInsats:
    case Dimension::kKommun:
      return true;
    case Dimension::kMonthsOnSupport:
    case Dimension::kForbund:
    case Dimension::kYear:
    case Dimension::kEndReason:
      return false;
  }
  return false;
}

}  // namespace

void WantedValues::Add(size_t value) {
  limited_ = true;
  if (value >= wanted_.size()) wanted_.resize(value + 1);
  wanted_[value] = true;
}

absl::StatusOr<Selection> Selection::Create(const FactTable& table,
                                            const ReportRequest& request) {
  Selection selection(table.Codes());
  selection.as_of_ = MicrosOf(request.as_of);
  RETURN_IF_ERROR(selection.AddForbund(table, request));
  Faults faults;
  if (request.to < request.from) faults.Add("to", reasons::kEndsBeforeStart);
  selection.ReadFilters(request, faults);
  selection.ReadEndReasons(request, faults);
  RETURN_IF_ERROR(faults.ToStatus());
  selection.SelectInsatser();
  return selection;
}

absl::Status Selection::AddForbund(const FactTable& table,
                                   const ReportRequest& request) {
  uint32_t insatser = 0;
  for (const ForbundId& id : request.forbund) {
    const ForbundFacts* facts = table.Find(id);
    if (facts == nullptr) return errors::FactsBehind();
    const auto same = [facts](const SelectedForbund& other) {
      return other.facts == facts;
    };
    if (std::any_of(forbund_.begin(), forbund_.end(), same)) continue;
    SelectedForbund selected;
    selected.facts = facts;
    selected.first_insats = insatser;
    for (const InsatsHistory& insats : facts->Insatser()) {
      selected.insatser.push_back(&insats.At(as_of_));
    }
    insatser += static_cast<uint32_t>(selected.insatser.size());
    forbund_.push_back(std::move(selected));
  }
  return absl::OkStatus();
}

void Selection::ReadEndReasons(const ReportRequest& request, Faults& faults) {
  for (const Code& code : codes_->Book().Codes(CodeList::kEndReason)) {
    if (code.flags.excluded_from_statistics) {
      excluded_end_reasons_.push_back(code.code);
    }
  }
  for (const std::string& code : request.excluded_end_reasons) {
    const uint8_t place = codes_->PlaceOf(CodeList::kEndReason, code);
    if (place == kNoCode) {
      faults.Add("excluded_end_reasons", reasons::kCodeUnknown);
      continue;
    }
    if (out_of_base_[place] || codes_->ExcludedFromStatistics(place)) continue;
    out_of_base_[place] = true;
    excluded_end_reasons_.push_back(code);
  }
}

void Selection::ReadFilters(const ReportRequest& request, Faults& faults) {
  for (size_t i = 0; i < request.filters.size(); ++i) {
    const Filter& filter = request.filters[i];
    if (!IsFilter(filter.dimension)) {
      faults.AddFrom(absl::StrCat("filters[", i, "].dimension"),
                     errors::UnknownFilter());
      continue;
    }
    faults.AddFrom(absl::StrCat("filters[", i, "].value"), ReadValue(filter));
  }
}

absl::Status Selection::ReadValue(const Filter& filter) {
  switch (filter.dimension) {
    case Dimension::kSex:
      return ReadSex(filter.value, sex_);
    case Dimension::kAgeGroup:
      return ReadCode(CodeList::kAgeGroup, filter.value, age_group_);
    case Dimension::kEducation:
      return ReadCode(CodeList::kEducation, filter.value, education_);
    case Dimension::kReferredBy:
      if (filter.value.empty()) {
        referring_party_.Add(kNoCode);
        return absl::OkStatus();
      }
      return ReadCode(CodeList::kReferringParty, filter.value,
                      referring_party_);
    case Dimension::kTargetGroup:
      return ReadCode(CodeList::kTargetGroup, filter.value, target_group_);
    case Dimension::kKommun:
      return ReadKommun(filter.value, kommun_);
    case Dimension::kInsats:
      return ReadInsats(filter.value);
    case Dimension::kFocus: {
      const std::optional<size_t> place = codes_->FocusPlace(filter.value);
      if (!place.has_value()) return CodeUnknown();
      focus_.Add(*place);
      return absl::OkStatus();
    }
    case Dimension::kMonthsOnSupport:
    case Dimension::kForbund:
    case Dimension::kYear:
    case Dimension::kEndReason:
      break;
  }
  return errors::UnknownFilter();
}

absl::Status Selection::ReadCode(CodeList list, const std::string& code,
                                 WantedValues& values) const {
  const uint8_t place = codes_->PlaceOf(list, code);
  if (place == kNoCode) return CodeUnknown();
  values.Add(place);
  return absl::OkStatus();
}

// By title as it was known, or by resource name.
absl::Status Selection::ReadInsats(const std::string& value) {
  bool found = false;
  for (const SelectedForbund& forbund : forbund_) {
    const std::vector<InsatsHistory>& insatser = forbund.facts->Insatser();
    const std::string parent =
        absl::StrCat("forbund/", forbund.facts->Id().Text(), "/insatser/");
    for (size_t i = 0; i < insatser.size(); ++i) {
      if (value != forbund.insatser[i]->title &&
          value != absl::StrCat(parent, insatser[i].id.Text())) {
        continue;
      }
      insats_.Add(forbund.first_insats + i);
      found = true;
    }
  }
  return found ? absl::OkStatus() : errors::UnknownFilter();
}

void Selection::SelectInsatser() {
  for (SelectedForbund& forbund : forbund_) {
    for (size_t i = 0; i < forbund.insatser.size(); ++i) {
      const InsatsVersion& insats = *forbund.insatser[i];
      const bool in_group =
          !target_group_.Limited() ||
          std::any_of(
              insats.target_groups.begin(), insats.target_groups.end(),
              [this](size_t group) { return target_group_.Has(group); });
      const bool in_focus = !focus_.Limited() || (insats.focus.has_value() &&
                                                  focus_.Has(*insats.focus));
      forbund.selected.push_back(in_group && in_focus &&
                                 insats_.Has(forbund.first_insats + i));
    }
  }
}

size_t Selection::Insatser() const {
  if (forbund_.empty()) return 0;
  return forbund_.back().first_insats + forbund_.back().insatser.size();
}

PeopleSum Selection::PartOf(const PeopleSum& count) const {
  if (!sex_.Limited()) return count;
  const int64_t women = sex_.Has(0) ? count.women : 0;
  const int64_t men = sex_.Has(1) ? count.men : 0;
  return PeopleSum{women + men, women, men};
}

}  // namespace stegvis::outcome

// What a request asks for: which förbund, insatser and people, as known when.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/errors.h"
#include "services/outcome/cells.h"
#include "services/outcome/fact_table.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// The values of a dimension that a selection wants; all, unless some were
// named.
class WantedValues {
 public:
  // Wants `value` and others that are added, but no more all.
  void Add(size_t value);

  bool Limited() const { return limited_; }
  bool Has(size_t value) const {
    return !limited_ || (value < wanted_.size() && wanted_[value]);
  }

 private:
  bool limited_ = false;
  std::vector<bool> wanted_;
};

// A förbund of a report, with its insatser as they were known.
struct SelectedForbund {
  const ForbundFacts* facts = nullptr;
  std::vector<const InsatsVersion*> insatser;  // By number; never null.
  std::vector<bool> selected;                  // By number.
  uint32_t first_insats = 0;  // Of the insatser of all förbund of the report.
};

// Immutable; of use as long as nobody changes the table.
class Selection {
 public:
  // INVALID_ARGUMENT naming every fault: `to` ENDS_BEFORE_START,
  // `filters[i].dimension` FILTER_UNKNOWN, `filters[i].value` CODE_UNKNOWN or,
  // for an insats that no förbund has, FILTER_UNKNOWN, `excluded_end_reasons`
  // CODE_UNKNOWN. UNAVAILABLE with FACTS_BEHIND for a förbund that the facts do
  // not know yet.
  static absl::StatusOr<Selection> Create(const FactTable& table,
                                          const ReportRequest& request);

  // In the order of the request, each once.
  const std::vector<SelectedForbund>& Forbund() const { return forbund_; }
  size_t Insatser() const;
  Micros AsOf() const { return as_of_; }

  // Whether the filters on persons let `fact` through.
  bool Wants(const Fact& fact) const {
    return sex_.Has(fact.man ? 1 : 0) && age_group_.Has(fact.age_group) &&
           education_.Has(fact.education) &&
           referring_party_.Has(fact.referring_party) &&
           kommun_.Has(fact.kommun);
  }
  // Whether the request leaves that end reason out of the base.
  bool OutOfBase(uint8_t end_reason) const { return out_of_base_[end_reason]; }

  // Whether a filter asks for what counts of people do not tell.
  bool FiltersUnnamed() const {
    return age_group_.Limited() || education_.Limited() ||
           referring_party_.Limited() || kommun_.Limited();
  }
  // The part of a count that is of the sex asked for.
  PeopleSum PartOf(const PeopleSum& count) const;

  // The flagged end reasons in the order of the list, then those requested.
  const std::vector<std::string>& ExcludedEndReasons() const {
    return excluded_end_reasons_;
  }

 private:
  explicit Selection(const CodeTables& codes) : codes_(&codes) {}

  absl::Status AddForbund(const FactTable& table, const ReportRequest& request);
  void ReadEndReasons(const ReportRequest& request, Faults& faults);
  void ReadFilters(const ReportRequest& request, Faults& faults);
  // The reason why `filter` cannot be, or nothing.
  absl::Status ReadValue(const Filter& filter);
  absl::Status ReadCode(domain::CodeList list, const std::string& code,
                        WantedValues& values) const;
  absl::Status ReadInsats(const std::string& value);
  void SelectInsatser();

  const CodeTables* codes_;
  Micros as_of_ = 0;
  std::vector<SelectedForbund> forbund_;
  WantedValues sex_, age_group_, education_, referring_party_, kommun_;
  WantedValues focus_, target_group_, insats_;
  std::array<bool, 256> out_of_base_{};
  std::vector<std::string> excluded_end_reasons_;
};

}  // namespace stegvis::outcome

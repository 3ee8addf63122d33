// For tests: everything that facts come from, as plain lists of versions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/outcome/fact_table.h"
#include "services/outcome/outcome_report.h"
#include "storage/store/transaction.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::outcome {

// Twelve o'clock (UTC) of a day.
absl::Time NoonOf(absl::string_view iso);

struct WorldVersion {
  ParticipationKey key;
  int64_t version = 1;
  absl::Time known_from;
  // Nothing where the seal does not open.
  std::optional<domain::Participation> participation;
};

struct WorldForbund {
  ForbundId id;
  std::string name;
  std::optional<Day> end;
  std::vector<storage::Versioned<domain::Insats>> insatser;
  std::vector<storage::Versioned<domain::Count>> counts;
  std::vector<WorldVersion> versions;
};

// Begins with the förbund `Prov` and in it the insats TestId(1), known from
// 2010 on. What no day is given for is known from 2020-01-01 on.
class World {
 public:
  World();

  // Numbered 0, 1, …; `Prov` is 0. Its id is TestId(number + 1).
  size_t AddForbund(const std::string& name);
  // A new insats, or a new version of one with the same id.
  void AddInsats(const domain::Insats& insats,
                 absl::string_view known = "2010-01-01", size_t forbund = 0);
  void AddCount(const domain::Count& count,
                absl::string_view known = "2020-01-01", size_t forbund = 0);

  // A new participation in an insats of the förbund.
  ParticipationId Register(const testing::ARegistration& registration,
                           absl::string_view known = "2020-01-01",
                           InsatsId insats = testing::TestId<InsatsId>(1),
                           size_t forbund = 0);
  // A new version of a participation, in the insats it is in.
  void Correct(ParticipationId id, const testing::ARegistration& registration,
               absl::string_view known);
  // A new version that does not open.
  void Spoil(ParticipationId id, absl::string_view known);

  const std::vector<WorldForbund>& Forbund() const { return forbund_; }
  std::vector<WorldForbund>& MutableForbund() { return forbund_; }

  FactTable Table() const;
  // The report of a request that succeeds.
  OutcomeReport Report(const ReportRequest& request) const;

 private:
  WorldVersion NextVersion(ParticipationId id, absl::string_view known,
                           size_t& forbund) const;

  std::vector<WorldForbund> forbund_;
  uint32_t next_participation_ = 1;
};

// A request for `Prov` and a whole year, as of 2030.
ReportRequest YearRequest(int year);

// Numbers of invented people, by a number of the test's own, 1 to 400.
domain::PersonNumber Woman(int number, absl::string_view birth = "1985-05-05");
domain::PersonNumber Man(int number, absl::string_view birth = "1985-05-05");

// The row of a breakdown; null when there is none.
const Block* FindRow(const OutcomeReport& report, Dimension dimension,
                     const std::string& value);
// The rows by key; they must be there.
const OccupationRow& Occupation(const Block& block, const std::string& key);
const SupportRow& Source(const Block& block, const std::string& key);
const SupportRow& Group(const Block& block, const std::string& key);

// A report as lines of text, every field of it, for comparing.
std::string TextOf(const OutcomeReport& report);

// For messages of failing tests: `3 (2w 1m)`.
std::string TextOf(const PeopleCount& count);
void PrintTo(const PeopleCount& count, std::ostream* out);

}  // namespace stegvis::outcome

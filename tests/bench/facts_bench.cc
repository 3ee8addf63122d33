// Measures the outcome report: time against the number of facts, and memory a
// fact. Plain, so that its table can be read by anyone:
//
//   bin/facts_bench [largest number of facts]
//
// The facts are those of ten years, as many förbund and insatser as the nation
// has, a tenth of the participations ending in each year.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/outcome/fact_table.h"
#include "services/outcome/make_report.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::outcome {
namespace {

using storage::ScannedVersion;

constexpr int kForbund = 80;
constexpr int kInsatserEach = 12;
constexpr int kFirstYear = 2011;
constexpr int kYears = 10;
constexpr int kRounds = 40;

template <typename IdType>
IdType NumberedId(int kind, int number) {
  IdBytes bytes{};
  bytes[0] = static_cast<uint8_t>(kind);
  for (size_t i = 0; i < 4; ++i) {
    bytes[12 + i] = static_cast<uint8_t>(number >> (24 - 8 * i));
  }
  return IdType::FromBytes(bytes);
}

// Draws participations like those of real förbund.
class People {
 public:
  domain::Participation Next(int forbund, InsatsId insats);

 private:
  int Below(int below) {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }
  domain::Situation ASituation();
  const domain::PersonNumber& ANumber();

  std::mt19937 random_{1};
  std::vector<domain::PersonNumber> numbers_;
  int next_ = 0;
};

// A hundred thousand people: many come back.
const domain::PersonNumber& People::ANumber() {
  if (numbers_.empty()) {
    for (int i = 0; i < 100'000; ++i) {
      const Day birth = testing::On("1955-01-01").PlusDays(i % 17'000);
      numbers_.push_back(testing::ValidNumber(birth, 1 + i / 17'000));
    }
  }
  return numbers_[static_cast<size_t>(Below(100'000))];
}

domain::Situation People::ASituation() {
  const auto& sources =
      testing::TestCodeBook().Codes(domain::CodeList::kSupportSource);
  const int last = static_cast<int>(sources.size()) - 2;
  domain::Situation situation =
      testing::SupportedBy(sources[static_cast<size_t>(Below(last))].code);
  if (Below(4) == 0) {
    const auto& second = sources[static_cast<size_t>(Below(last))].code;
    situation.supports.push_back({second, 50});
  }
  if (Below(4) == 0) situation.work = *domain::HalfHours::FromHours(20);
  if (Below(6) == 0) situation.study = *domain::HalfHours::FromHours(10);
  situation.seeking = Below(3) == 0;
  return situation;
}

domain::Participation People::Next(int forbund, InsatsId insats) {
  const auto& codes = testing::TestCodeBook();
  const auto any = [&](domain::CodeList list) {
    const auto& all = codes.Codes(list);
    return all[static_cast<size_t>(Below(static_cast<int>(all.size())))].code;
  };
  const Day exit = Day::FirstOfYear(kFirstYear).PlusDays(Below(365 * kYears));
  testing::ARegistration person;
  person.Of(ANumber())
      .Entering(exit.PlusDays(-Below(600)))
      .Before(ASituation())
      .LivingIn(absl::StrCat(1000 + forbund * 4 + Below(4)))
      .Educated(any(domain::CodeList::kEducation))
      .ReferredBy(any(domain::CodeList::kReferringParty))
      .MonthsOnSupport(Below(100))
      .Exiting({exit, "enligt_plan", ASituation(), {}});
  for (const auto months : domain::kAllFollowUpMonths) {
    person.FollowedUp(months, {exit.PlusDays(180), ASituation()});
  }
  return testing::AParticipation()
      .WithId(NumberedId<ParticipationId>(3, next_++))
      .In(insats)
      .As(person)
      .Build();
}

std::vector<storage::Versioned<domain::Insats>> Insatser(int forbund) {
  const auto& groups =
      testing::TestCodeBook().Codes(domain::CodeList::kTargetGroup);
  std::vector<storage::Versioned<domain::Insats>> insatser;
  for (int i = 0; i < kInsatserEach; ++i) {
    const auto at = static_cast<size_t>(i);
    const domain::Insats insats =
        testing::AnInsats()
            .WithId(NumberedId<InsatsId>(2, forbund * kInsatserEach + i))
            .Titled(absl::StrCat("Insats ", i))
            .For({groups[at % groups.size()].code,
                  groups[(at + 3) % groups.size()].code})
            .Build();
    insatser.push_back({insats, 1, {}, {}, {}, {}});
  }
  return insatser;
}

// `facts` facts, spread evenly over the förbund.
FactTable MakeTable(int facts) {
  absl::StatusOr<FactTable> table = FactTable::Create(testing::TestCodeBook());
  if (!table.ok()) std::abort();
  People people;
  for (int i = 0; i < kForbund; ++i) {
    auto forbund = std::make_unique<ForbundFacts>(NumberedId<ForbundId>(1, i),
                                                  table->Codes());
    domain::Forbund described = testing::AForbund().Build();
    described.display_name = absl::StrCat("Förbund ", i);
    forbund->SetForbund(described);
    const auto insatser = Insatser(i);
    forbund->SetInsatser(insatser);
    for (int j = 0; j < facts / kForbund; ++j) {
      const auto& insats =
          insatser[static_cast<size_t>(j % kInsatserEach)].value.id;
      const domain::Participation participation = people.Next(i, insats);
      forbund->Add(ScannedVersion{{forbund->Id(), insats, participation.id},
                                  1,
                                  {},
                                  absl::UnixEpoch(),
                                  &participation});
    }
    forbund->ShrinkToFit();
    table->Put(std::move(forbund));
  }
  return *std::move(table);
}

ReportRequest Request(int forbund, bool breakdowns) {
  ReportRequest request{{},
                        /*forbund_named=*/true,
                        Day::FirstOfYear(2016),
                        Day::LastOfYear(2016),
                        {},
                        {},
                        {},
                        EndOfSwedishDay(Day::LastOfYear(2020))};
  for (int i = 0; i < forbund; ++i) {
    request.forbund.push_back(NumberedId<ForbundId>(1, i));
  }
  for (int i = 0; breakdowns && i < kDimensions; ++i) {
    request.breakdowns.push_back(static_cast<Dimension>(i));
  }
  return request;
}

// The processor time of this thread, in milliseconds.
double ProcessorTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 +
         static_cast<double>(now.tv_nsec) / 1e6;
}

// The shortest processor time of a report: a report waits for nothing, so that
// is its time on a machine that does nothing else.
double Milliseconds(const FactTable& table, const ReportRequest& request) {
  double shortest = 1e9;
  for (int i = 0; i < kRounds; ++i) {
    const double start = ProcessorTime();
    if (!MakeReport(table, request).ok()) std::abort();
    shortest = std::min(shortest, ProcessorTime() - start);
  }
  return shortest;
}

void MeasureAll(int largest) {
  std::printf("%10s %10s %12s %12s %12s %12s\n", "facts", "bytes/fact", "base",
              "nation ms", "all rows ms", "förbund ms");
  for (const int facts :
       {10'000, 30'000, 100'000, 300'000, 1'000'000, 3'000'000}) {
    if (facts > largest) break;
    const FactTable table = MakeTable(facts);
    const ReportRequest whole = Request(kForbund, /*breakdowns=*/false);
    const ReportRequest rows = Request(kForbund, /*breakdowns=*/true);
    const ReportRequest one = Request(1, /*breakdowns=*/true);
    std::printf(
        "%10lld %10.1f %12lld %12.2f %12.2f %12.3f\n",
        static_cast<long long>(table.Rows()),
        static_cast<double>(table.Bytes()) / static_cast<double>(table.Rows()),
        static_cast<long long>(
            MakeReport(table, whole)->whole.participants.base.total),
        Milliseconds(table, whole), Milliseconds(table, rows),
        Milliseconds(table, one));
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace stegvis::outcome

int main(int argc, char** argv) {
  stegvis::outcome::MeasureAll(argc > 1 ? std::atoi(argv[1]) : 3'000'000);
  return 0;
}

// Fills the store of an installation made by `stegvis init` with invented
// participations of ten years, so that starts and reports can be measured at
// national size.
//
//   fill INSTALLATION PARTICIPATIONS
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include "storage/store/open.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::bench {
namespace {

constexpr int kForbund = 80;
constexpr int kInsatserEach = 12;
constexpr int kYears = 10;
constexpr int kFirstYear = 2015;
constexpr int kPerCommit = 1000;

struct Place {
  ForbundId forbund;
  InsatsId insats;
};

domain::Situation ASituation(const char* source, double work_hours) {
  domain::Situation situation;
  situation.supports.push_back(domain::Support{source, std::nullopt});
  situation.work = *domain::HalfHours::FromHours(work_hours);
  return situation;
}

// Participation number `i` of `total`: entries evenly over the years, four of
// five with an exit about a year later.
domain::Participation TheParticipation(int i, int total, const Place& place,
                                       ParticipationId id) {
  constexpr int kNumbersADay = 900;
  const char* const sources[] = {"forsorjningsstod", "sjukpenning",
                                 "aktivitetsersattning", "a_kassa"};
  const int day_of_period = static_cast<int>(int64_t{i} * kYears * 365 / total);
  const Day entry = Day::FirstOfYear(kFirstYear).PlusDays(day_of_period);
  domain::Participation made{
      .id = id,
      .insats = place.insats,
      .number = stegvis::testing::ValidNumber(
          Day::FirstOfYear(1955).PlusDays(i / kNumbersADay * 7),
          1 + i % kNumbersADay),
      .display_name = Sensitive<std::string>(),
      .consent = domain::Consent{entry, ""},
      .kommun = "0180",
      .entry = domain::Entry{entry,
                             ASituation(sources[i % 4], 0),
                             "gymnasium",
                             i % 60,
                             "kommun",
                             {}},
      .exit = std::nullopt,
      .follow_ups = {},
      .acknowledgements = {},
      .registered_by = "import",
      .changed_by = "import",
      .correction_reason = "",
      .migrated = false};
  if (i % 5 != 0) {
    made.exit = domain::Exit{entry.PlusDays(200 + i % 300),
                             "enligt_plan",
                             ASituation(sources[(i / 3) % 4], i % 3 * 20.0),
                             {}};
  }
  return made;
}

absl::StatusOr<InsatsId> MakeInsats(storage::WriteTransaction& tx,
                                    ForbundId forbund, int number) {
  domain::Insats insats = stegvis::testing::AnInsats().Build();
  insats.id = InsatsId::FromBytes(tx.NewId());
  insats.title = absl::StrCat("Insats ", number);
  insats.start = Day::FirstOfYear(2004);
  RETURN_IF_ERROR(tx.PutInsats(forbund, insats).status());
  return insats.id;
}

// One förbund with its insatser, whose places are added to `places`.
absl::Status MakeForbund(storage::WriteTransaction& tx, int number,
                         std::vector<Place>& places) {
  domain::Forbund forbund = stegvis::testing::AForbund().Build();
  forbund.id = ForbundId::FromBytes(tx.NewId());
  forbund.display_name = absl::StrCat("Förbund ", number);
  forbund.start = Day::FirstOfYear(2004);
  RETURN_IF_ERROR(tx.PutForbund(forbund).status());
  for (int i = 1; i <= kInsatserEach; ++i) {
    ASSIGN_OR_RETURN(const InsatsId insats, MakeInsats(tx, forbund.id, i));
    places.push_back(Place{forbund.id, insats});
  }
  return absl::OkStatus();
}

absl::Status PutSome(storage::WriteTransaction& tx,
                     const std::vector<Place>& places, int from, int total) {
  for (int i = from; i < std::min(from + kPerCommit, total); ++i) {
    const Place& place = places[static_cast<size_t>(i) % places.size()];
    const ParticipationId id = ParticipationId::FromBytes(tx.NewId());
    RETURN_IF_ERROR(tx.PutParticipation(place.forbund,
                                        TheParticipation(i, total, place, id),
                                        std::nullopt)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status Fill(const std::string& installation, int total) {
  const SystemClock clock;
  storage::StoreOptions options;
  options.data_directory = absl::StrCat(installation, "/data");
  options.key_source = absl::StrCat(installation, "/key-source");
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Store> store,
                   storage::OpenStore(options, clock));
  std::vector<Place> places;
  for (int number = 1; number <= kForbund; ++number) {
    RETURN_IF_ERROR(store->WriteAndWait([&](storage::WriteTransaction& tx) {
      return MakeForbund(tx, number, places);
    }));
  }
  for (int done = 0; done < total; done += kPerCommit) {
    RETURN_IF_ERROR(store->WriteAndWait([&](storage::WriteTransaction& tx) {
      return PutSome(tx, places, done, total);
    }));
  }
  store->Stop();
  return absl::OkStatus();
}

}  // namespace
}  // namespace stegvis::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: fill INSTALLATION PARTICIPATIONS\n", stderr);
    return 2;
  }
  const absl::Status status = stegvis::bench::Fill(
      argv[1], static_cast<int>(std::strtol(argv[2], nullptr, 10)));
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}

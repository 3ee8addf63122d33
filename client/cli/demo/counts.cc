#include "client/cli/demo/counts.h"

#include "absl/strings/str_cat.h"
#include "client/cli/demo/csv_file.h"
#include "client/cli/demo/plan.h"

namespace stegvis::demo {
namespace {

constexpr absl::string_view kHeader =
    "forbund;insats;typ;ar;kvinnor;man;antal;registrerad";

// Writes the counts of one year. One thread.
class YearOfCounts {
 public:
  YearOfCounts(CsvFile& file, const std::vector<Forbund>& landscape,
               const CountPlan& plan, Chance& chance)
      : file_(file), landscape_(landscape), plan_(plan), chance_(chance) {}

  // `people` in insatser of a kind, `some_per_mille` of which have a count; a
  // few of these get a new one later, by which `added` more people are known.
  void Write(ActivityKind kind, int64_t some_per_mille, int64_t people,
             int64_t added);

 private:
  struct Place {
    const Forbund* forbund;
    const Insats* insats;
  };

  std::vector<Place> Places(ActivityKind kind, int64_t some_per_mille);
  void WriteRow(const Place& place, int64_t people, bool with_sex,
                const Days& recorded);

  CsvFile& file_;
  const std::vector<Forbund>& landscape_;
  const CountPlan& plan_;
  Chance& chance_;
};

std::vector<YearOfCounts::Place> YearOfCounts::Places(ActivityKind kind,
                                                      int64_t some_per_mille) {
  std::vector<Place> places;
  for (const Forbund& forbund : landscape_) {
    for (const Insats& insats : forbund.insatser) {
      const bool open =
          insats.activity->kind == kind && insats.period.MeetsYear(plan_.year);
      if (open && chance_.PerMille(some_per_mille)) {
        places.push_back({&forbund, &insats});
      }
    }
  }
  return places;
}

void YearOfCounts::WriteRow(const Place& place, int64_t people, bool with_sex,
                            const Days& recorded) {
  const bool anonymous =
      place.insats->activity->kind == ActivityKind::kPersonal;
  const int64_t women = people * 56 / 100;
  std::string row = CsvRow({place.forbund->title, place.insats->activity->title,
                            anonymous ? "anonym" : "volym"});
  absl::StrAppend(&row, ";", plan_.year, ";");
  if (with_sex) {
    absl::StrAppend(&row, women, ";", people - women, ";;");
  } else {
    absl::StrAppend(&row, ";;", people, ";");
  }
  absl::StrAppend(&row, chance_.Between(recorded.first, recorded.last).Text(),
                  "T12:00:00Z");
  file_.Write(row);
}

void YearOfCounts::Write(ActivityKind kind, int64_t some_per_mille,
                         int64_t people, int64_t added) {
  const std::vector<Place> places = Places(kind, some_per_mille);
  std::vector<int64_t> weights;
  std::vector<int64_t> weights_added;
  for (size_t i = 0; i < places.size(); ++i) {
    weights.push_back(chance_.Between(1, 9));
    weights_added.push_back(i % 5 == 0 ? 1 : 0);
  }
  const std::vector<int64_t> first = Share(people, weights);
  const std::vector<int64_t> more = Share(added, weights_added);
  for (size_t i = 0; i < places.size(); ++i) {
    const bool with_sex =
        kind == ActivityKind::kPersonal || chance_.PerMille(600);
    WriteRow(places[i], first[i], with_sex, plan_.recorded);
    if (more[i] == 0) continue;
    WriteRow(places[i], first[i] + more[i], with_sex, plan_.added);
  }
}

}  // namespace

absl::Status WriteCounts(const std::string& path,
                         const std::vector<Forbund>& landscape, int64_t scale,
                         Chance& chance) {
  CsvFile file(path, kHeader);
  for (const CountPlan& plan : CountPlans()) {
    YearOfCounts year(file, landscape, plan, chance);
    year.Write(ActivityKind::kPersonal, 500, plan.anonymous * scale,
               plan.anonymous_added * scale);
    year.Write(ActivityKind::kVolume, 1000, plan.volume * scale,
               plan.volume_added * scale);
    year.Write(ActivityKind::kStructural, 700, plan.structural * scale, 0);
  }
  return file.Close();
}

}  // namespace stegvis::demo

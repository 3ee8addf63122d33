#include "services/domain/situation.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"

namespace stegvis::domain {
namespace {

constexpr int kMaxHalves = 2 * limits::kMaxHoursAWeek;

std::vector<Support> Sorted(std::vector<Support> supports) {
  std::sort(supports.begin(), supports.end(),
            [](const Support& a, const Support& b) {
              return std::tie(a.source, a.extent_percent) <
                     std::tie(b.source, b.extent_percent);
            });
  return supports;
}

bool AnyTwice(const std::vector<Support>& supports) {
  const std::vector<Support> sorted = Sorted(supports);
  return std::adjacent_find(sorted.begin(), sorted.end(),
                            [](const Support& a, const Support& b) {
                              return a.source == b.source;
                            }) != sorted.end();
}

// Whether a source that stands alone has company of another kind.
bool AnyExcludes(const std::vector<Support>& supports, const CodeBook& codes) {
  return std::any_of(
      supports.begin(), supports.end(), [&](const Support& support) {
        const Code* code = codes.Find(CodeList::kSupportSource, support.source);
        if (code == nullptr || !code->flags.stands_alone) return false;
        return std::any_of(supports.begin(), supports.end(),
                           [&](const Support& other) {
                             return other.source != support.source;
                           });
      });
}

void CheckSupport(const Support& support, absl::string_view path,
                  const CodeBook& codes, Day day, Faults& faults) {
  faults.AddFrom(absl::StrCat(path, ".source"),
                 codes.Check(CodeList::kSupportSource, support.source, day));
  const int extent = support.extent_percent.value_or(1);
  if (extent < 1 || extent > 100) {
    faults.Add(absl::StrCat(path, ".extent_percent"),
               reasons::kExtentOutOfRange);
  }
}

}  // namespace

absl::StatusOr<HalfHours> HalfHours::FromHours(double hours) {
  // Asked so that NaN fails.
  const bool within = hours >= 0 && hours <= limits::kMaxHoursAWeek;
  if (!within || std::floor(hours * 2) != hours * 2) {
    Faults faults;
    faults.Add("", reasons::kHoursOutOfRange);
    return faults.ToStatus();
  }
  return HalfHours(static_cast<uint8_t>(hours * 2));
}

absl::StatusOr<HalfHours> HalfHours::FromStored(int64_t halves) {
  if (halves < 0 || halves > kMaxHalves) {
    return errors::Bug("half_hours_stored");
  }
  return HalfHours(static_cast<uint8_t>(halves));
}

bool operator==(const Situation& a, const Situation& b) {
  return std::tie(a.work, a.study, a.seeking) ==
             std::tie(b.work, b.study, b.seeking) &&
         Sorted(a.supports) == Sorted(b.supports);
}

Situation UnknownSituation(const CodeBook& codes) {
  Situation situation;
  situation.supports.push_back(
      Support{codes.Unknown(CodeList::kSupportSource).code, std::nullopt});
  return situation;
}

absl::Status CheckSituation(const Situation& situation, const CodeBook& codes,
                            Day day) {
  Faults faults;
  const std::vector<Support>& supports = situation.supports;
  if (supports.empty()) faults.Add("supports", reasons::kMissing);
  if (AnyTwice(supports)) faults.Add("supports", reasons::kDuplicate);
  if (AnyExcludes(supports, codes)) {
    faults.Add("supports", reasons::kSourcesExclude);
  }
  for (size_t i = 0; i < supports.size(); ++i) {
    CheckSupport(supports[i], absl::StrCat("supports[", i, "]"), codes, day,
                 faults);
  }
  return faults.ToStatus();
}

}  // namespace stegvis::domain

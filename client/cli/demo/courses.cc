#include "client/cli/demo/courses.h"

#include <algorithm>

namespace stegvis::demo {
namespace {

using Sources = std::array<absl::string_view, 2>;
constexpr std::array<Sources, kSupportSets> kSources = {{
    {"sjukpenning", ""},
    {"sjukpenning", "forsorjningsstod"},
    {"sjukpenning", "a_kassa"},
    {"aktivitetsersattning", ""},
    {"aktivitetsersattning", "forsorjningsstod"},
    {"sjukersattning", ""},
    {"rehabiliteringspenning", ""},
    {"aktivitetsstod", ""},
    {"aktivitetsstod", "forsorjningsstod"},
    {"a_kassa", ""},
    {"utvecklingsersattning", ""},
    {"etableringsersattning", ""},
    {"forsorjningsstod", ""},
    {"studiestod", ""},
    {"foraldrapenning", ""},
    {"annan_offentlig", ""},
    {"ingen_offentlig", ""},
    {"uppgift_saknas", ""},
}};

// Which of the four tables below a set follows.
enum class Group : uint8_t { kIll, kUnemployed, kSocial, kRest };

Group GroupOf(SupportSet set) {
  if (set <= SupportSet::kRehabilitation) return Group::kIll;
  if (set == SupportSet::kProgrammeAndSocial || set == SupportSet::kSocial) {
    return Group::kSocial;
  }
  return set <= SupportSet::kEstablishment ? Group::kUnemployed : Group::kRest;
}

// The sets people can have after; the first place of a table stands for the set
// they had before.
constexpr std::array<SupportSet, 9> kAfter = {
    SupportSet::kUnknown,      SupportSet::kNone,       SupportSet::kProgramme,
    SupportSet::kUnemployment, SupportSet::kStudent,    SupportSet::kSocial,
    SupportSet::kSickness,     SupportSet::kDisability, SupportSet::kUnknown,
};
constexpr size_t kSameAsBefore = 0;

// Of a thousand in a group, by whether they work or study after. Chosen so that
// försörjningsstöd falls by 16 % with the supports and shares of 2013.
using After = std::array<int64_t, kAfter.size()>;
constexpr std::array<std::array<After, 2>, 4> kAfterOfGroup = {{
    {{{690, 62, 90, 50, 0, 38, 0, 50, 20},
      {330, 450, 90, 50, 60, 20, 0, 0, 0}}},
    {{{690, 90, 0, 30, 0, 110, 60, 0, 20},
      {280, 560, 30, 0, 100, 30, 0, 0, 0}}},
    {{{875, 20, 55, 15, 0, 0, 20, 0, 15}, {450, 330, 100, 30, 90, 0, 0, 0, 0}}},
    {{{560, 140, 120, 0, 0, 100, 60, 0, 20},
      {350, 500, 50, 0, 100, 0, 0, 0, 0}}},
}};

// Of those who worked or studied before, those who do so after.
constexpr int64_t kStaysPerMille = 750;

std::vector<int64_t> Counts(const SupportBefore& weights) {
  return {weights.begin(), weights.end()};
}

}  // namespace

absl::Span<const absl::string_view> SourcesOf(SupportSet set) {
  const Sources& sources = kSources[static_cast<size_t>(set)];
  return absl::MakeSpan(sources).first(sources[1].empty() ? 1 : 2);
}

Courses::Courses(int64_t people, const Outlook& outlook) {
  const std::vector<int64_t> sets =
      Share(people, Counts(*outlook.support_before));
  const auto of_people = [&](int64_t per_mille) {
    return Share((2 * people * per_mille + 1000) / 2000, sets);
  };
  const std::vector<int64_t> before = of_people(outlook.works_before);
  const std::vector<int64_t> after = of_people(outlook.works_after);
  sets_ = Urn(sets);
  for (size_t set = 0; set < kSupportSets; ++set) {
    const int64_t all = sets[set];
    const int64_t stay =
        std::min(before[set] * kStaysPerMille / 1000, after[set]);
    const int64_t begin = after[set] - stay;
    OfSet& of_set = of_set_[set];
    of_set.works_before = Urn({all - before[set], before[set]});
    of_set.works_after = {Urn({all - before[set] - begin, begin}),
                          Urn({before[set] - stay, stay})};
    const auto& table = kAfterOfGroup[static_cast<size_t>(
        GroupOf(static_cast<SupportSet>(set)))];
    of_set.support_after = {
        Urn(Share(all - after[set], {table[0].begin(), table[0].end()})),
        Urn(Share(after[set], {table[1].begin(), table[1].end()}))};
  }
}

Course Courses::Draw(Chance& chance) {
  const size_t set = sets_.Draw(chance);
  OfSet& of_set = of_set_[set];
  const size_t before = of_set.works_before.Draw(chance);
  const size_t after = of_set.works_after[before].Draw(chance);
  const size_t support = of_set.support_after[after].Draw(chance);
  const auto set_before = static_cast<SupportSet>(set);
  return {.before = set_before,
          .after = support == kSameAsBefore ? set_before : kAfter[support],
          .works_before = before == 1,
          .works_after = after == 1};
}

}  // namespace stegvis::demo

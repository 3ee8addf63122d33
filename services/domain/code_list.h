// Code lists: data with versions and validity, never enums of the program.
//
// Pure values. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/day.h"

namespace stegvis::domain {

// The lists the program knows by role. The codes in them are data.
enum class CodeList : uint8_t {
  kFocusIndividual,
  kFocusStructural,
  kTargetGroup,
  kSupportSource,
  kSupportGroup,
  kEducation,
  kEndReason,
  kReferringParty,
  kAgeGroup,
  kMonthsOnSupport,
  kCorrectionReason,
  kPurpose,
  kCostType,
  kFinancierGroup,
};
inline constexpr int kCodeLists = 14;

// `FOCUS_INDIVIDUAL` …; the inverse gives nothing for other texts.
absl::string_view CodeListName(CodeList list);
std::optional<CodeList> CodeListNamed(absl::string_view name);

// What the program does with a code.
struct CodeFlags {
  bool stands_alone = false;              // Excludes every other source.
  bool public_support = false;            // A group that counts as public.
  bool excluded_from_statistics = false;  // felregistrering
  bool situation_optional = false;        // The situation after may be missing.
  bool deceased = false;                  // Never followed up.
  bool withdraws_consent = false;         // Carries out a withdrawal.
  bool unknown = false;                   // What a missing value becomes.
  bool administration = false;            // A cost type of the administration.

  friend bool operator==(const CodeFlags&, const CodeFlags&) = default;
};

// Parses and prints flags as `STANDS_ALONE|UNKNOWN`. INTERNAL for others.
absl::StatusOr<CodeFlags> ParseCodeFlags(absl::string_view text);
std::vector<std::string> CodeFlagNames(const CodeFlags& flags);

// A code.
struct Code {
  CodeList list;
  std::string code;
  std::string label;  // Swedish.
  std::string group;  // A code of kSupportGroup, for support sources.
  CodeFlags flags;
  std::optional<int32_t> lowest;   // For classes of numbers.
  std::optional<int32_t> highest;  // Nothing = no limit.
  std::string mark;                // C, I or P; see domain.md.
  std::optional<Day> valid_from;   // Nothing = always.
  std::optional<Day> valid_to;     // Nothing = still.

  bool InForceOn(Day day) const;
  // In force on at least one day from `from` to `to`.
  bool InForceWithin(Day from, Day to) const;
};

// All code lists of one version. Immutable; a code keeps its index for the life
// of the book.
class CodeBook {
 public:
  // INTERNAL when a code stands twice in a list, a group is unknown, the
  // classes of numbers (ages, months) overlap or leave a gap, or a list that
  // needs a code for a missing value (sources, education, months) has none.
  static absl::StatusOr<CodeBook> Create(int version, std::vector<Code> codes);

  int Version() const { return version_; }

  // In the order of the data.
  const std::vector<Code>& Codes(CodeList list) const {
    return lists_[static_cast<size_t>(list)];
  }

  // Null when there is none such.
  const Code* Find(CodeList list, absl::string_view code) const;
  // Its place in Codes(list), or nothing.
  std::optional<size_t> IndexOf(CodeList list, absl::string_view code) const;

  // INVALID_ARGUMENT with CODE_UNKNOWN, or CODE_NOT_IN_FORCE on `day`; its one
  // fault has an empty path.
  absl::Status Check(CodeList list, absl::string_view code, Day day) const;

  // The index of the class that `number` lies in: kAgeGroup, kMonthsOnSupport.
  // Every number from 0 lies in one; a negative one counts as 0.
  size_t ClassOf(CodeList list, int number) const;

  // The code that stands for a missing value, e.g. uppgift_saknas:
  // kSupportSource, kEducation, kMonthsOnSupport.
  const Code& Unknown(CodeList list) const;

 private:
  CodeBook() = default;

  bool GroupFits(const Code& code) const;
  absl::Status CheckWhole() const;

  int version_ = 0;
  std::vector<std::vector<Code>> lists_;
  std::vector<absl::flat_hash_map<std::string, size_t>> index_;
};

}  // namespace stegvis::domain

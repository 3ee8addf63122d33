#include "services/domain/code_list.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::domain {
namespace {

constexpr std::array<absl::string_view, kCodeLists> kNames = {
    "FOCUS_INDIVIDUAL",  "FOCUS_STRUCTURAL",  "TARGET_GROUP",
    "SUPPORT_SOURCE",    "SUPPORT_GROUP",     "EDUCATION",
    "END_REASON",        "REFERRING_PARTY",   "AGE_GROUP",
    "MONTHS_ON_SUPPORT", "CORRECTION_REASON", "PURPOSE",
    "COST_TYPE",         "FINANCIER_GROUP",
};

struct NamedFlag {
  absl::string_view name;
  bool CodeFlags::*flag;
};

constexpr std::array<NamedFlag, 8> kFlags = {{
    {"STANDS_ALONE", &CodeFlags::stands_alone},
    {"PUBLIC_SUPPORT", &CodeFlags::public_support},
    {"EXCLUDED_FROM_STATISTICS", &CodeFlags::excluded_from_statistics},
    {"SITUATION_OPTIONAL", &CodeFlags::situation_optional},
    {"DECEASED", &CodeFlags::deceased},
    {"WITHDRAWS_CONSENT", &CodeFlags::withdraws_consent},
    {"UNKNOWN", &CodeFlags::unknown},
    {"ADMINISTRATION", &CodeFlags::administration},
}};

constexpr std::array<CodeList, 2> kClassLists = {CodeList::kAgeGroup,
                                                 CodeList::kMonthsOnSupport};
constexpr std::array<CodeList, 3> kListsWithUnknown = {
    CodeList::kSupportSource, CodeList::kEducation, CodeList::kMonthsOnSupport};

size_t Place(CodeList list) { return static_cast<size_t>(list); }

absl::Status InvalidCode(absl::string_view reason) {
  Faults faults;
  faults.Add("", reason);
  return faults.ToStatus();
}

bool HasUnknown(const std::vector<Code>& codes) {
  return std::any_of(codes.begin(), codes.end(),
                     [](const Code& code) { return code.flags.unknown; });
}

bool IsClass(const Code& code) { return code.lowest.has_value(); }

// Whether the classes, in their order, hold every number from 0 exactly once.
bool ClassesFollow(const std::vector<Code>& codes) {
  int32_t next = 0;
  bool open = false;
  for (const Code& code : codes) {
    if (!IsClass(code)) continue;
    if (open || *code.lowest != next) return false;
    open = !code.highest.has_value();
    if (open) continue;
    if (*code.highest < *code.lowest) return false;
    next = *code.highest + 1;
  }
  return open;
}

}  // namespace

absl::string_view CodeListName(CodeList list) { return kNames[Place(list)]; }

std::optional<CodeList> CodeListNamed(absl::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<CodeList>(i);
  }
  return std::nullopt;
}

absl::StatusOr<CodeFlags> ParseCodeFlags(absl::string_view text) {
  CodeFlags flags;
  for (absl::string_view name : absl::StrSplit(text, '|', absl::SkipEmpty())) {
    const auto* known =
        std::find_if(kFlags.begin(), kFlags.end(),
                     [&](const NamedFlag& flag) { return flag.name == name; });
    if (known == kFlags.end()) return errors::Bug("code_flag_unknown");
    flags.*(known->flag) = true;
  }
  return flags;
}

std::vector<std::string> CodeFlagNames(const CodeFlags& flags) {
  std::vector<std::string> names;
  for (const NamedFlag& flag : kFlags) {
    if (flags.*(flag.flag)) names.emplace_back(flag.name);
  }
  return names;
}

bool Code::InForceOn(Day day) const { return InForceWithin(day, day); }

bool Code::InForceWithin(Day from, Day to) const {
  if (valid_from.has_value() && *valid_from > to) return false;
  return !valid_to.has_value() || *valid_to >= from;
}

absl::StatusOr<CodeBook> CodeBook::Create(int version,
                                          std::vector<Code> codes) {
  CodeBook book;
  book.version_ = version;
  book.lists_.resize(kCodeLists);
  book.index_.resize(kCodeLists);
  for (Code& code : codes) {
    const size_t place = Place(code.list);
    if (!book.index_[place]
             .emplace(code.code, book.lists_[place].size())
             .second) {
      return errors::Bug("code_twice");
    }
    book.lists_[place].push_back(std::move(code));
  }
  RETURN_IF_ERROR(book.CheckWhole());
  return book;
}

// Support sources have a known group, and no other code has one.
bool CodeBook::GroupFits(const Code& code) const {
  if (code.list != CodeList::kSupportSource) return code.group.empty();
  return Find(CodeList::kSupportGroup, code.group) != nullptr;
}

absl::Status CodeBook::CheckWhole() const {
  for (const std::vector<Code>& list : lists_) {
    const bool fit =
        std::all_of(list.begin(), list.end(),
                    [this](const Code& code) { return GroupFits(code); });
    if (!fit) return errors::Bug("code_group_unknown");
  }
  for (const CodeList list : kClassLists) {
    if (!ClassesFollow(Codes(list))) return errors::Bug("code_classes_gap");
  }
  for (const CodeList list : kListsWithUnknown) {
    if (!HasUnknown(Codes(list))) return errors::Bug("code_unknown_missing");
  }
  return absl::OkStatus();
}

const Code* CodeBook::Find(CodeList list, absl::string_view code) const {
  const std::optional<size_t> index = IndexOf(list, code);
  return index.has_value() ? &Codes(list)[*index] : nullptr;
}

std::optional<size_t> CodeBook::IndexOf(CodeList list,
                                        absl::string_view code) const {
  const auto& index = index_[Place(list)];
  const auto found = index.find(code);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

absl::Status CodeBook::Check(CodeList list, absl::string_view code,
                             Day day) const {
  const Code* found = Find(list, code);
  if (found == nullptr) return InvalidCode(reasons::kCodeUnknown);
  if (!found->InForceOn(day)) return InvalidCode(reasons::kCodeNotInForce);
  return absl::OkStatus();
}

size_t CodeBook::ClassOf(CodeList list, int number) const {
  const std::vector<Code>& codes = Codes(list);
  for (size_t i = 0; i < codes.size(); ++i) {
    if (!IsClass(codes[i])) continue;
    if (!codes[i].highest.has_value() || number <= *codes[i].highest) return i;
  }
  std::abort();  // Create() refuses a list without a class to the end.
}

const Code& CodeBook::Unknown(CodeList list) const {
  for (const Code& code : Codes(list)) {
    if (code.flags.unknown) return code;
  }
  std::abort();  // Asked of a list that has none: a bug, never data.
}

}  // namespace stegvis::domain

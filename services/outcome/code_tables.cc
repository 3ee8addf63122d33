#include "services/outcome/code_tables.h"

#include <algorithm>

#include "services/base/errors.h"

namespace stegvis::outcome {
namespace {

using domain::Code;
using domain::CodeBook;
using domain::CodeList;

constexpr size_t kMaxSources = 64;
constexpr size_t kMaxGroups = 31;
constexpr char kAnyPublic[] = "ANY_PUBLIC";

bool Fits(const CodeBook& book) {
  for (int i = 0; i < domain::kCodeLists; ++i) {
    if (book.Codes(static_cast<CodeList>(i)).size() > kNoCode) return false;
  }
  return book.Codes(CodeList::kSupportSource).size() <= kMaxSources &&
         book.Codes(CodeList::kSupportGroup).size() <= kMaxGroups;
}

}  // namespace

absl::StatusOr<CodeTables> CodeTables::Create(const CodeBook& book) {
  if (!Fits(book)) return errors::Bug("code_list_longer_than_a_fact_holds");
  CodeTables tables(book);
  const uint8_t unknown = tables.UnknownPlace(CodeList::kSupportSource);
  if (unknown >= kMaxSources) return errors::Bug("no_unknown_support_source");
  tables.unknown_source_ = uint64_t{1} << unknown;
  tables.ReadGroups();
  tables.ReadEndReasons();
  tables.ReadFocus();
  return tables;
}

void CodeTables::ReadGroups() {
  for (const Code& group : book_->Codes(CodeList::kSupportGroup)) {
    if (group.flags.public_support) group_keys_.push_back(group.code);
  }
  const uint32_t any = uint32_t{1} << group_keys_.size();
  for (const Code& source : book_->Codes(CodeList::kSupportSource)) {
    const auto found =
        std::find(group_keys_.begin(), group_keys_.end(), source.group);
    const bool is_public = found != group_keys_.end();
    groups_of_source_.push_back(
        is_public ? any | uint32_t{1} << (found - group_keys_.begin()) : 0);
  }
  group_keys_.push_back(kAnyPublic);
}

void CodeTables::ReadEndReasons() {
  const std::vector<Code>& reasons = book_->Codes(CodeList::kEndReason);
  for (size_t i = 0; i < reasons.size(); ++i) {
    excluded_[i] = reasons[i].flags.excluded_from_statistics;
    deceased_[i] = reasons[i].flags.deceased;
  }
}

void CodeTables::ReadFocus() {
  for (const CodeList list :
       {CodeList::kFocusIndividual, CodeList::kFocusStructural}) {
    for (const Code& code : book_->Codes(list)) {
      if (!FocusPlace(code.code).has_value()) focus_.push_back(code.code);
    }
  }
}

uint8_t CodeTables::PlaceOf(CodeList list, const std::string& code) const {
  const std::optional<size_t> place = book_->IndexOf(list, code);
  return place.has_value() ? static_cast<uint8_t>(*place) : kNoCode;
}

uint8_t CodeTables::UnknownPlace(CodeList list) const {
  return PlaceOf(list, book_->Unknown(list).code);
}

uint64_t CodeTables::SourcesOf(const domain::Situation& situation) const {
  uint64_t sources = 0;
  for (const domain::Support& support : situation.supports) {
    const uint8_t place = PlaceOf(CodeList::kSupportSource, support.source);
    sources |= place == kNoCode ? unknown_source_ : uint64_t{1} << place;
  }
  return sources;
}

uint32_t CodeTables::GroupsOf(uint64_t sources) const {
  uint32_t groups = 0;
  for (; sources != 0; sources &= sources - 1) {
    groups |= groups_of_source_[static_cast<size_t>(__builtin_ctzll(sources))];
  }
  return groups;
}

std::optional<size_t> CodeTables::FocusPlace(const std::string& code) const {
  const auto found = std::find(focus_.begin(), focus_.end(), code);
  if (found == focus_.end()) return std::nullopt;
  return static_cast<size_t>(found - focus_.begin());
}

}  // namespace stegvis::outcome

// What the facts need of the code lists, as small numbers: a fact holds the
// place of a code in its list, or a bit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/domain/code_list.h"
#include "services/domain/insats.h"
#include "services/domain/situation.h"

namespace stegvis::outcome {

// The place of a code that is missing, or in no list.
inline constexpr uint8_t kNoCode = 255;

// Immutable. Safe from any thread.
class CodeTables {
 public:
  // INTERNAL when a list has more codes than a fact can hold (64 sources, 31
  // groups, 255 others), or no unknown source. `book` must outlive the tables.
  static absl::StatusOr<CodeTables> Create(const domain::CodeBook& book);

  const domain::CodeBook& Book() const { return *book_; }

  // The place of `code` in `list`, or kNoCode.
  uint8_t PlaceOf(domain::CodeList list, const std::string& code) const;
  // The place of the code that stands for a missing value.
  uint8_t UnknownPlace(domain::CodeList list) const;

  // A bit for each source of `situation`; one that no list has is unknown.
  uint64_t SourcesOf(const domain::Situation& situation) const;
  // The bit of the unknown source.
  uint64_t UnknownSource() const { return unknown_source_; }
  size_t Sources() const { return groups_of_source_.size(); }

  // The public groups by code, in the order of the list, then ANY_PUBLIC.
  const std::vector<std::string>& GroupKeys() const { return group_keys_; }
  // A bit for each of GroupKeys that some of `sources` is in.
  uint32_t GroupsOf(uint64_t sources) const;

  // What the end reason at `place` means; false for kNoCode.
  bool ExcludedFromStatistics(uint8_t end_reason) const {
    return excluded_[end_reason];
  }
  bool Deceased(uint8_t end_reason) const { return deceased_[end_reason]; }

  // The codes of both orientations, individual first, each once.
  const std::vector<std::string>& FocusCodes() const { return focus_; }
  std::optional<size_t> FocusPlace(const std::string& code) const;

 private:
  explicit CodeTables(const domain::CodeBook& book) : book_(&book) {}

  void ReadGroups();
  void ReadEndReasons();
  void ReadFocus();

  const domain::CodeBook* book_;
  uint64_t unknown_source_ = 0;
  std::vector<uint32_t> groups_of_source_;
  std::vector<std::string> group_keys_;
  std::array<bool, 256> excluded_{};
  std::array<bool, 256> deceased_{};
  std::vector<std::string> focus_;
};

}  // namespace stegvis::outcome

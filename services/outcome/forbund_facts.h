// The facts of one förbund: a row for each version of a participation, in
// columns, and beside them the few versions of its insatser and counts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/base/ids.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/fact.h"
#include "services/outcome/insats_history.h"
#include "services/outcome/row_index.h"
#include "storage/store/transaction.h"

namespace stegvis::outcome {

// A version that does not open, and the row that stands for it.
struct UnreadableFact {
  uint32_t row;
  ParticipationKey key;
};

// Many readers or one writer at a time; the caller sees to that.
class ForbundFacts {
 public:
  // `codes` must outlive it.
  ForbundFacts(ForbundId id, const CodeTables& codes);

  void SetForbund(const domain::Forbund& forbund);

  // Replace everything that was known of insatser and counts by `versions`,
  // oldest first. The number of an insats stays the same.
  void SetInsatser(
      const std::vector<storage::Versioned<domain::Insats>>& versions);
  // `erased`: each counts one, beside what people have entered.
  void SetCounts(const std::vector<storage::Versioned<domain::Count>>& versions,
                 const std::vector<storage::Erasure>& erased);

  // Adds a version of a participation after all earlier versions of it. It is
  // known from its moment on in place of the one before, readable or not.
  void Add(const storage::ScannedVersion& version);

  // The position up to which every change of the förbund is in already, when
  // it was read whole.
  void SetReadUntil(storage::FeedPosition position) { read_until_ = position; }
  storage::FeedPosition ReadUntil() const { return read_until_; }

  // Gives back what growing reserved too much.
  void ShrinkToFit();

  ForbundId Id() const { return id_; }
  const std::string& DisplayName() const { return display_name_; }
  // Whether its period has a day from `from` to `to`.
  bool ExistsWithin(Day from, Day to) const {
    return start_ <= to && (!end_.has_value() || *end_ >= from);
  }
  const std::vector<InsatsHistory>& Insatser() const { return insatser_; }
  const std::vector<CountVersion>& Counts() const { return counts_; }
  const std::vector<UnreadableFact>& Unreadable() const { return unreadable_; }

  // The columns that decide whether a row matters. Row i is known in
  // [KnownFrom()[i], KnownUntil()[i]); it entered on EntryDays()[i], kNoDay
  // where that cannot be read, and left on ExitDays()[i], kNoDay while ongoing.
  size_t Rows() const { return facts_.size(); }
  const std::vector<Micros>& KnownFrom() const { return known_from_; }
  const std::vector<Micros>& KnownUntil() const { return known_until_; }
  const std::vector<int32_t>& EntryDays() const { return entry_days_; }
  const std::vector<int32_t>& ExitDays() const { return exit_days_; }
  const std::vector<Fact>& Facts() const { return facts_; }

  bool KnownAt(size_t row, Micros moment) const {
    return known_from_[row] <= moment && moment < known_until_[row];
  }

  // The latest moment from which something of it is known.
  Micros NewestKnown() const { return newest_known_; }

  // What it holds in memory, reserve included.
  size_t Bytes() const;

 private:
  uint32_t NumberOf(InsatsId insats);
  void Append(const storage::ScannedVersion& version, const Fact& fact);
  void Supersede(const Fact& fact, Micros moment);
  void NoteKnown(Micros moment) {
    newest_known_ = std::max(newest_known_, moment);
  }

  ForbundId id_;
  const CodeTables& codes_;
  PersonMask mask_;
  std::string display_name_;
  Day start_ = Day::FromNumber(0);
  std::optional<Day> end_;
  storage::FeedPosition read_until_;
  Micros newest_known_ = 0;

  std::vector<Micros> known_from_;
  std::vector<Micros> known_until_;
  std::vector<int32_t> entry_days_;
  std::vector<int32_t> exit_days_;
  std::vector<Fact> facts_;
  RowIndex newest_;
  std::vector<UnreadableFact> unreadable_;

  std::vector<InsatsHistory> insatser_;
  absl::flat_hash_map<InsatsId, uint32_t> insats_numbers_;
  std::vector<CountVersion> counts_;
};

}  // namespace stegvis::outcome

#include "services/outcome/forbund_facts.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace stegvis::outcome {
namespace {

using domain::Count;
using domain::CountKind;
using domain::Insats;
using storage::Erasure;
using storage::ScannedVersion;
using storage::Versioned;

// Grows by an eighth: memory is promised by the fact.
template <typename T>
void Push(std::vector<T>& column, const T& value) {
  if (column.size() == column.capacity()) {
    column.reserve(column.size() + column.size() / 8 + 8);
  }
  column.push_back(value);
}

template <typename T>
size_t BytesOf(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

CountVersion CountVersionOf(const Versioned<Count>& version, uint32_t insats) {
  const Count& count = version.value;
  CountVersion fact;
  fact.insats = insats;
  fact.kind = count.kind;
  fact.year = count.year;
  fact.total = count.total;
  fact.women = count.women;
  fact.men = count.men;
  fact.known_from = MicrosOf(version.known_from);
  return fact;
}

CountVersion CountVersionOf(const Erasure& erased, uint32_t insats) {
  const bool man = erased.count->sex == domain::Sex::kMan;
  CountVersion fact;
  fact.insats = insats;
  fact.kind = CountKind::kAnonymous;
  fact.year = erased.count->start_year;
  fact.total = 1;
  fact.women = man ? 0 : 1;
  fact.men = man ? 1 : 0;
  fact.known_from = MicrosOf(erased.known_from);
  return fact;
}

int32_t EntryDayOf(const ScannedVersion& version) {
  if (version.participation == nullptr) return kNoDay;
  return version.participation->entry.day.Number();
}

int32_t ExitDayOf(const ScannedVersion& version) {
  if (version.participation == nullptr) return kNoDay;
  const std::optional<domain::Exit>& exit = version.participation->exit;
  return exit.has_value() ? exit->day.Number() : kNoDay;
}

}  // namespace

ForbundFacts::ForbundFacts(ForbundId id, const CodeTables& codes)
    : id_(id), codes_(codes) {}

void ForbundFacts::SetForbund(const domain::Forbund& forbund) {
  display_name_ = forbund.display_name;
  start_ = forbund.start;
  end_ = forbund.end;
}

void ForbundFacts::SetInsatser(const std::vector<Versioned<Insats>>& versions) {
  for (InsatsHistory& insats : insatser_) insats.versions.clear();
  for (const Versioned<Insats>& version : versions) {
    insatser_[NumberOf(version.value.id)].versions.push_back(
        InsatsVersionOf(version.value, MicrosOf(version.known_from), codes_));
    NoteKnown(MicrosOf(version.known_from));
  }
}

void ForbundFacts::SetCounts(const std::vector<Versioned<Count>>& versions,
                             const std::vector<Erasure>& erased) {
  counts_.clear();
  counts_.reserve(versions.size() + erased.size());
  absl::flat_hash_map<std::tuple<uint32_t, CountKind, int>, size_t> newest;
  for (const Versioned<Count>& version : versions) {
    const uint32_t insats = NumberOf(version.value.insats);
    const auto [place, is_new] = newest.try_emplace(
        {insats, version.value.kind, version.value.year}, counts_.size());
    counts_.push_back(CountVersionOf(version, insats));
    NoteKnown(counts_.back().known_from);
    if (is_new) continue;
    counts_[place->second].known_until = counts_.back().known_from;
    place->second = counts_.size() - 1;
  }
  for (const Erasure& one : erased) {
    if (one.count.has_value()) {
      counts_.push_back(CountVersionOf(one, NumberOf(one.key.insats)));
      NoteKnown(counts_.back().known_from);
    }
  }
}

void ForbundFacts::Add(const ScannedVersion& version) {
  Fact fact;
  if (version.participation != nullptr) {
    fact = FactOf(*version.participation, codes_, mask_);
  } else {
    fact.unreadable = true;
    fact.participation = ParticipationHash(version.key.participation);
    unreadable_.push_back(
        UnreadableFact{static_cast<uint32_t>(Rows()), version.key});
  }
  fact.insats = NumberOf(version.key.insats);
  Supersede(fact, MicrosOf(version.known_from));
  Append(version, fact);
}

void ForbundFacts::Supersede(const Fact& fact, Micros moment) {
  const std::optional<uint32_t> before =
      newest_.Find(fact.participation,
                   [this](uint32_t row) { return facts_[row].participation; });
  if (before.has_value()) known_until_[*before] = moment;
}

void ForbundFacts::Append(const ScannedVersion& version, const Fact& fact) {
  Push(known_from_, MicrosOf(version.known_from));
  NoteKnown(known_from_.back());
  Push(known_until_, kNever);
  Push(entry_days_, EntryDayOf(version));
  Push(exit_days_, ExitDayOf(version));
  Push(facts_, fact);
  newest_.Put(static_cast<uint32_t>(Rows() - 1),
              [this](uint32_t row) { return facts_[row].participation; });
}

void ForbundFacts::ShrinkToFit() {
  known_from_.shrink_to_fit();
  known_until_.shrink_to_fit();
  entry_days_.shrink_to_fit();
  exit_days_.shrink_to_fit();
  facts_.shrink_to_fit();
}

uint32_t ForbundFacts::NumberOf(InsatsId insats) {
  const auto [place, is_new] = insats_numbers_.try_emplace(
      insats, static_cast<uint32_t>(insatser_.size()));
  if (is_new) insatser_.push_back(InsatsHistory{insats, {}});
  return place->second;
}

size_t ForbundFacts::Bytes() const {
  return BytesOf(known_from_) + BytesOf(known_until_) + BytesOf(entry_days_) +
         BytesOf(exit_days_) + BytesOf(facts_) + BytesOf(unreadable_) +
         BytesOf(counts_) + newest_.Bytes();
}

}  // namespace stegvis::outcome

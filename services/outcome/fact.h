// A fact: what a version of a participation says, packed.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "services/base/ids.h"
#include "services/domain/participation.h"
#include "services/outcome/code_tables.h"

namespace stegvis::outcome {

// Occupation as one of three that exclude each other.
enum class OccupationClass : uint8_t { kWorkOrStudy, kSeeking, kOther };
OccupationClass ClassOf(const domain::Situation& situation);

inline constexpr uint16_t kUnknownKommun = 10'000;
inline constexpr int32_t kNoDay = std::numeric_limits<int32_t>::max();

// The parts of a fact that a report looks at once it is known to matter; the
// columns that decide that stand in ForbundFacts. Months 6 and 12 keep their
// class alone: reports tell no more of them.
struct Fact {
  uint64_t person = 0;          // See PersonMask.
  uint64_t participation = 0;   // See ParticipationHash.
  uint64_t sources_before = 0;  // A bit for each support source.
  uint64_t sources_after = 0;
  uint32_t insats = 0;  // Its number in the förbund's facts.
  uint16_t kommun = kUnknownKommun;
  uint8_t age_group = 0;  // Places in code lists.
  uint8_t education = 0;
  uint8_t referring_party = kNoCode;
  uint8_t months_on_support = 0;
  uint8_t end_reason = kNoCode;
  uint8_t work_before = 0;  // Half hours a week.
  uint8_t study_before = 0;
  uint8_t work_after = 0;
  uint8_t study_after = 0;

  bool man : 1 = false;
  bool seeking_before : 1 = false;
  bool seeking_after : 1 = false;
  bool unreadable : 1 = false;
  // 0: not followed up; else OccupationClass + 1.
  uint8_t month_6 : 2 = 0;
  uint8_t month_12 : 2 = 0;
};
static_assert(sizeof(Fact) == 48);

// Turns person numbers into others, one to one: equal persons are found and
// different ones never meet, while no memory dump reads as a list of numbers.
// Not more: who reads the whole memory has the key too. One key for each
// förbund and start, so nothing is comparable across förbund.
class PersonMask {
 public:
  PersonMask();
  uint64_t Apply(const domain::PersonNumber& number) const;

 private:
  uint64_t first_;
  uint64_t second_;
};

// 64 bits of an id: two of a million meet with a chance of 1 in 36 million.
uint64_t ParticipationHash(const ParticipationId& id);

// The fact of `participation`, except for its insats.
Fact FactOf(const domain::Participation& participation, const CodeTables& codes,
            const PersonMask& mask);

}  // namespace stegvis::outcome

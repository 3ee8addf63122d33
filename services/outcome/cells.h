// The true counts of a report: a block of cells for the whole and for each row
// of a breakdown, by sex and indicator. Sums only, so that they can be added.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/outcome/indicators.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// A sum of people of whom some may have no known sex.
struct PeopleSum {
  int64_t total = 0;
  int64_t women = 0;
  int64_t men = 0;

  PeopleSum& operator+=(const PeopleSum& other);
  friend PeopleSum operator+(PeopleSum a, const PeopleSum& b) { return a += b; }
  bool Empty() const { return total == 0; }
  bool EverySexKnown() const { return women + men == total; }
};

// Women and men are absent where there are people, but none of known sex.
PeopleCount AsPeopleCount(const PeopleSum& sum);

// What is counted without any person.
struct UnnamedCells {
  PeopleSum anonymous, volume, structural_volume;
  int64_t unreadable = 0;
};

// The number of a block; kWhole is the whole report.
using BlockNumber = uint32_t;
inline constexpr BlockNumber kWhole = 0;

// One thread.
class Cells {
 public:
  // With one block, the whole. `width`: the number of indicators.
  explicit Cells(size_t width);

  BlockNumber AddBlock();
  size_t Blocks() const { return unnamed_.size(); }

  // Adds one to each of `indicators`, which are all different.
  void Add(BlockNumber block, bool man,
           const std::vector<Indicator>& indicators) {
    uint32_t* cells = &counts_[At(block, man)];
    for (const Indicator indicator : indicators) ++cells[indicator];
  }
  void AddOne(BlockNumber block, bool man, Indicator indicator) {
    ++counts_[At(block, man) + indicator];
  }

  PeopleSum Get(BlockNumber block, Indicator indicator) const;

  UnnamedCells& Unnamed(BlockNumber block) { return unnamed_[block]; }
  const UnnamedCells& Unnamed(BlockNumber block) const {
    return unnamed_[block];
  }

 private:
  size_t At(BlockNumber block, bool man) const {
    return (size_t{block} * 2 + (man ? 1 : 0)) * width_;
  }

  size_t width_;
  std::vector<uint32_t> counts_;
  std::vector<UnnamedCells> unnamed_;
};

// The flows of the whole, by source before and by source after or WORK, STUDY.
class FlowCells {
 public:
  explicit FlowCells(size_t sources);

  void Add(const Fact& fact);

  size_t Sources() const { return sources_; }
  // Targets are the sources, then WORK and STUDY.
  size_t Targets() const { return sources_ + 2; }
  size_t Work() const { return sources_; }
  size_t Study() const { return sources_ + 1; }
  PeopleSum Get(size_t from, size_t to) const;

 private:
  size_t sources_;
  std::vector<uint32_t> counts_;
};

}  // namespace stegvis::outcome

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
// The sum that a count was made of.
PeopleSum AsPeopleSum(const PeopleCount& count);

// What is counted without any person.
struct UnnamedCells {
  PeopleSum anonymous, volume, structural_volume;
  int64_t unreadable = 0;

  UnnamedCells& operator+=(const UnnamedCells& other);
};

// The number of a block; kWhole is the whole report.
using BlockNumber = uint32_t;
inline constexpr BlockNumber kWhole = 0;

// Indicators as a byte each, one where a fact has it, eight to a word.
class IndicatorBytes {
 public:
  // `width`: the number of indicators.
  explicit IndicatorBytes(size_t width) : words_((width + 7) / 8) {}

  void Assign(const std::vector<Indicator>& indicators) {
    words_.assign(words_.size(), 0);
    for (const Indicator indicator : indicators) {
      words_[indicator / 8] |= uint64_t{1} << (indicator % 8 * 8);
    }
  }
  const std::vector<uint64_t>& Words() const { return words_; }

 private:
  std::vector<uint64_t> words_;
};

// One thread.
class Cells {
 public:
  // With one block, the whole. `width`: the number of indicators.
  explicit Cells(size_t width);

  BlockNumber AddBlock();
  size_t Width() const { return width_; }
  size_t Blocks() const { return unnamed_.size(); }

  // Adds one to each of `indicators`, which are all different.
  void Add(BlockNumber block, bool man,
           const std::vector<Indicator>& indicators) {
    int32_t* cells = &counts_[PlaceOf(block, man) * width_];
    for (const Indicator indicator : indicators) ++cells[indicator];
  }

  // The same, faster where there are many: eight cells at a time are added as
  // bytes, and moved to the counts before any byte overflows.
  void Add(BlockNumber block, bool man, const IndicatorBytes& indicators) {
    const size_t place = PlaceOf(block, man);
    uint64_t* words = &bytes_[place * words_];
    for (size_t i = 0; i < words_; ++i) words[i] += indicators.Words()[i];
    if (++added_[place] == kByteFull) MoveBytes(place);
  }

  // Takes one back that was added before.
  void TakeBack(BlockNumber block, bool man, Indicator indicator);

  PeopleSum Get(BlockNumber block, Indicator indicator) const;

  // Adds the cells of `other`'s block to those of `block`.
  void Absorb(BlockNumber block, const Cells& other, BlockNumber others);

  UnnamedCells& Unnamed(BlockNumber block) { return unnamed_[block]; }
  const UnnamedCells& Unnamed(BlockNumber block) const {
    return unnamed_[block];
  }

 private:
  static constexpr uint8_t kByteFull = 255;

  size_t PlaceOf(BlockNumber block, bool man) const {
    return size_t{block} * 2 + (man ? 1 : 0);
  }
  void MoveBytes(size_t place);
  int64_t GetAt(size_t place, Indicator indicator) const;

  size_t width_;
  size_t words_;
  // A cell is its count and its byte together. The count may be below zero
  // meanwhile.
  std::vector<int32_t> counts_;
  std::vector<uint64_t> bytes_;
  std::vector<uint8_t> added_;  // Facts in the bytes of a place.
  std::vector<UnnamedCells> unnamed_;
};

// The flows of the whole, by source before and by source after or WORK, STUDY.
class FlowCells {
 public:
  explicit FlowCells(size_t sources);

  void Add(const Fact& fact);
  void Absorb(const FlowCells& other);

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

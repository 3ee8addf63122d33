#include "services/outcome/cells.h"

namespace stegvis::outcome {

PeopleSum& PeopleSum::operator+=(const PeopleSum& other) {
  total += other.total;
  women += other.women;
  men += other.men;
  return *this;
}

UnnamedCells& UnnamedCells::operator+=(const UnnamedCells& other) {
  anonymous += other.anonymous;
  volume += other.volume;
  structural_volume += other.structural_volume;
  unreadable += other.unreadable;
  return *this;
}

PeopleCount AsPeopleCount(const PeopleSum& sum) {
  if (sum.total > 0 && sum.women + sum.men == 0) {
    return PeopleCount{sum.total, std::nullopt, std::nullopt};
  }
  return PeopleCount{sum.total, sum.women, sum.men};
}

PeopleSum AsPeopleSum(const PeopleCount& count) {
  return PeopleSum{count.total, count.women.value_or(0), count.men.value_or(0)};
}

Cells::Cells(size_t width) : width_(width), words_((width + 7) / 8) {
  AddBlock();
}

BlockNumber Cells::AddBlock() {
  unnamed_.emplace_back();
  counts_.resize(2 * unnamed_.size() * width_);
  bytes_.resize(2 * unnamed_.size() * words_);
  added_.resize(2 * unnamed_.size());
  return static_cast<BlockNumber>(unnamed_.size() - 1);
}

void Cells::MoveBytes(size_t place) {
  for (size_t i = 0; i < width_; ++i) {
    const uint64_t word = bytes_[place * words_ + i / 8];
    counts_[place * width_ + i] += static_cast<uint8_t>(word >> (i % 8 * 8));
  }
  for (size_t i = 0; i < words_; ++i) bytes_[place * words_ + i] = 0;
  added_[place] = 0;
}

void Cells::TakeBack(BlockNumber block, bool man, Indicator indicator) {
  --counts_[PlaceOf(block, man) * width_ + indicator];
}

int64_t Cells::GetAt(size_t place, Indicator indicator) const {
  const uint64_t word = bytes_[place * words_ + indicator / 8];
  return counts_[place * width_ + indicator] +
         static_cast<uint8_t>(word >> (indicator % 8 * 8));
}

PeopleSum Cells::Get(BlockNumber block, Indicator indicator) const {
  const int64_t women = GetAt(PlaceOf(block, /*man=*/false), indicator);
  const int64_t men = GetAt(PlaceOf(block, /*man=*/true), indicator);
  return PeopleSum{women + men, women, men};
}

void Cells::Absorb(BlockNumber block, const Cells& other, BlockNumber others) {
  for (const bool man : {false, true}) {
    int32_t* cells = &counts_[PlaceOf(block, man) * width_];
    for (size_t i = 0; i < width_; ++i) {
      cells[i] += static_cast<int32_t>(
          other.GetAt(PlaceOf(others, man), static_cast<Indicator>(i)));
    }
  }
  unnamed_[block] += other.unnamed_[others];
}

FlowCells::FlowCells(size_t sources)
    : sources_(sources), counts_(2 * sources * (sources + 2)) {}

void FlowCells::Add(const Fact& fact) {
  for (uint64_t before = fact.sources_before; before != 0;
       before &= before - 1) {
    const size_t from = static_cast<size_t>(__builtin_ctzll(before));
    uint32_t* row = &counts_[from * Targets() * 2 + (fact.man ? 1 : 0)];
    for (uint64_t after = fact.sources_after; after != 0; after &= after - 1) {
      ++row[2 * static_cast<size_t>(__builtin_ctzll(after))];
    }
    if (fact.work_after > 0) ++row[2 * Work()];
    if (fact.study_after > 0) ++row[2 * Study()];
  }
}

void FlowCells::Absorb(const FlowCells& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

PeopleSum FlowCells::Get(size_t from, size_t to) const {
  const size_t at = (from * Targets() + to) * 2;
  const int64_t women = counts_[at];
  const int64_t men = counts_[at + 1];
  return PeopleSum{women + men, women, men};
}

}  // namespace stegvis::outcome

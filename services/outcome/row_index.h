// Finds the newest row of a participation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stegvis::outcome {

// An open-addressing table of row numbers alone, four bytes a slot: the keys
// stand in the rows, and `key_of(row)` reads them there. One thread.
class RowIndex {
 public:
  template <typename KeyOf>
  std::optional<uint32_t> Find(uint64_t key, const KeyOf& key_of) const {
    if (slots_.empty()) return std::nullopt;
    const uint32_t row = slots_[SlotOf(key, key_of)];
    if (row == kEmpty) return std::nullopt;
    return row;
  }

  // Puts `row` in the place of the row with the same key, or as a new one.
  template <typename KeyOf>
  void Put(uint32_t row, const KeyOf& key_of) {
    if (used_ * 4 >= slots_.size() * 3) Grow(key_of);
    uint32_t& slot = slots_[SlotOf(key_of(row), key_of)];
    if (slot == kEmpty) ++used_;
    slot = row;
  }

  size_t Bytes() const { return slots_.capacity() * sizeof(uint32_t); }

 private:
  static constexpr uint32_t kEmpty = 0xFFFFFFFF;

  // The slot that holds `key`, or the empty one it would take. Keys are hashes,
  // so their upper bits spread them over any number of slots.
  template <typename KeyOf>
  size_t SlotOf(uint64_t key, const KeyOf& key_of) const {
    size_t slot = static_cast<size_t>((key >> 32) * slots_.size() >> 32);
    while (slots_[slot] != kEmpty && key_of(slots_[slot]) != key) {
      slot = slot + 1 == slots_.size() ? 0 : slot + 1;
    }
    return slot;
  }

  // By a quarter: what doubling would leave empty costs more than the moves.
  template <typename KeyOf>
  void Grow(const KeyOf& key_of) {
    std::vector<uint32_t> old(slots_.size() + slots_.size() / 4 + 16, kEmpty);
    old.swap(slots_);
    for (const uint32_t row : old) {
      if (row != kEmpty) slots_[SlotOf(key_of(row), key_of)] = row;
    }
  }

  std::vector<uint32_t> slots_;
  size_t used_ = 0;
};

}  // namespace stegvis::outcome

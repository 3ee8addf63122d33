// Makes of participations in a block the persons in it.
#pragma once

#include <cstdint>
#include <vector>

#include "services/outcome/cells.h"

namespace stegvis::outcome {

// Gathers the base of one förbund, each participation of which was counted as
// an individual, and takes back what was counted twice: few come back, so that
// is little. In linear time, however often one person does. One thread.
class Individuals {
 public:
  // Remembers that the participation of `person` falls in `blocks`.
  void Add(uint64_t person, bool man, const std::vector<BlockNumber>& blocks);

  // Leaves each person once in kIndividuals of each of their blocks, and
  // forgets all: the same number in another förbund is another person.
  void TakeBackRepeated(Cells& cells);

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  struct Visit {
    uint32_t first_block;  // In blocks_.
    uint32_t next;         // The next visit of the same person, or kNone.
  };
  struct Person {
    uint64_t number;
    uint32_t visits;  // The first visit.
    bool man;
  };

  Person& Find(uint64_t number, bool man);
  void Grow();
  size_t SlotOf(uint64_t number) const;
  void TakeBack(const Visit& visit, bool man, Cells& cells);

  std::vector<Person> persons_;
  std::vector<uint32_t> slots_;  // Numbers in persons_; open addressing.
  std::vector<Visit> visits_;
  std::vector<BlockNumber> blocks_;  // kWhole begins the next visit.
  // The last person that was found in each block.
  std::vector<uint64_t> found_;
  uint64_t person_ = 0;
};

}  // namespace stegvis::outcome

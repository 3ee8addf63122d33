#include "services/outcome/individuals.h"

#include <algorithm>

namespace stegvis::outcome {

void Individuals::Add(uint64_t person, bool man,
                      const std::vector<BlockNumber>& blocks) {
  Person& found = Find(person, man);
  visits_.push_back(Visit{static_cast<uint32_t>(blocks_.size()), found.visits});
  found.visits = static_cast<uint32_t>(visits_.size() - 1);
  blocks_.insert(blocks_.end(), blocks.begin(), blocks.end());
}

Individuals::Person& Individuals::Find(uint64_t number, bool man) {
  if (persons_.size() * 2 >= slots_.size()) Grow();
  uint32_t& slot = slots_[SlotOf(number)];
  if (slot == kNone) {
    slot = static_cast<uint32_t>(persons_.size());
    persons_.push_back(Person{number, kNone, man});
  }
  return persons_[slot];
}

// Numbers are masked, so their lower bits spread them.
size_t Individuals::SlotOf(uint64_t number) const {
  size_t slot = number & (slots_.size() - 1);
  while (slots_[slot] != kNone && persons_[slots_[slot]].number != number) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void Individuals::Grow() {
  slots_.assign(std::max<size_t>(1024, slots_.size() * 2), kNone);
  for (size_t i = 0; i < persons_.size(); ++i) {
    slots_[SlotOf(persons_[i].number)] = static_cast<uint32_t>(i);
  }
}

void Individuals::TakeBackRepeated(Cells& cells) {
  found_.resize(cells.Blocks());
  for (const Person& person : persons_) {
    if (visits_[person.visits].next == kNone) continue;
    ++person_;
    for (uint32_t i = person.visits; i != kNone; i = visits_[i].next) {
      TakeBack(visits_[i], person.man, cells);
    }
  }
  persons_.clear();
  std::fill(slots_.begin(), slots_.end(), kNone);
  visits_.clear();
  blocks_.clear();
}

void Individuals::TakeBack(const Visit& visit, bool man, Cells& cells) {
  size_t i = visit.first_block;
  do {
    const BlockNumber block = blocks_[i];
    if (found_[block] == person_) cells.TakeBack(block, man, kIndividuals);
    found_[block] = person_;
    ++i;
  } while (i < blocks_.size() && blocks_[i] != kWhole);
}

}  // namespace stegvis::outcome

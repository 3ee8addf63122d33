// Whether a log still says what it said: its entries one after the other, held
// against the heads that were signed meanwhile.
//
// Pure. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "storage/audit/merkle.h"

namespace stegvis::audit {

// Something that is not as it was.
struct Problem {
  enum class Kind : uint8_t {
    kMissing,        // Entries that were there are not.
    kChanged,        // The row is not the one that was recorded.
    kUnreadable,     // The row is, but its seal does not open.
    kHeadNotSigned,  // A head's signature is not of the log's key.
    kHeadDiffers,    // Some of these entries, and their hashes, were changed.
  };
  Kind kind;
  // The entries it is about, both included; of a head its size.
  uint64_t first;
  uint64_t last;

  friend bool operator==(const Problem&, const Problem&) = default;
};

// A head that the log had once.
struct EarlierHead {
  TreeHead tree;
  bool is_signed = false;  // By the log's key.
};

// An entry as it is found.
struct FoundEntry {
  uint64_t sequence = 0;
  Hash leaf;      // Of the row as it is.
  Hash recorded;  // As it was when the row was written.
  bool readable = false;
};

class LogCheck {
 public:
  // `heads` in any order.
  explicit LogCheck(std::vector<EarlierHead> heads);

  // The next entry; in the order of sequence.
  void Add(const FoundEntry& entry);

  // Ends the check: the problems in the order of their first entry, none for a
  // log that is whole. A changed entry does not hide what comes after it; after
  // a missing one only entries by themselves are checked.
  std::vector<Problem> Finish();

  // By the hashes that were recorded.
  TreeHead Tree() const { return log_.Head(); }

 private:
  void CheckHeads();
  void Miss(uint64_t first, uint64_t last);

  std::vector<EarlierHead> heads_;  // By size.
  size_t next_head_ = 0;
  Frontier log_;
  uint64_t sound_until_ = 0;  // The size of the last head that fits.
  bool comparable_ = true;    // Whether later heads can still fit.
  std::vector<Problem> problems_;
};

}  // namespace stegvis::audit

// A disk under SQLite that forgets what was not synced when its power is cut,
// and whose syncs can fail.
#pragma once

#include <cstdint>

namespace stegvis::fault {

// What of the writes since the last sync is there when the power comes back.
enum class Unsynced {
  kLost,  // Nothing.
  kKept,  // All: the sync was done, only nobody was told.
  kTorn,  // Some sectors of 512 bytes and some truncations, drawn by a seed.
};

// Every connection that is opened from the making of this object on writes to
// it: files lie where they are named, and nothing is truly synced, which is
// fast. One at a time, and no connection may be open when it is made or ends.
// Thread-safe.
class UnreliableDisk {
 public:
  UnreliableDisk();
  ~UnreliableDisk();
  UnreliableDisk(const UnreliableDisk&) = delete;
  UnreliableDisk& operator=(const UnreliableDisk&) = delete;

  // Counted from the last of these calls on.
  int Syncs() const;
  int Writes() const;

  // Cuts the power at sync number `sync`, from 1: from then on every call
  // fails.
  void CutAt(int sync, Unsynced unsynced, uint32_t seed);
  // Sync number `sync` fails, and what it should have made durable never is,
  // unless it is written again: so Linux does.
  void FailSyncAt(int sync);
  // Write number `write` fails: the disk is full, for it alone.
  void FailWriteAt(int write);
  // Nothing fails any more.
  void BeReliable();

  // Cuts the power now.
  void Cut(Unsynced unsynced, uint32_t seed);
  bool IsCut() const;
  // Once no connection is open: the files become what the disk has kept, and
  // the power is back.
  void Restore();
};

}  // namespace stegvis::fault

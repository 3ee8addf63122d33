// Memory for keys that live as long as the server: never swapped out, never in
// a dump, and wiped when it is given back.
#pragma once

#include <cstddef>
#include <memory>
#include <new>

#include "storage/seal/key.h"

namespace stegvis::seal {

// Some of OpenSSL's secure heap, which is locked as far as the limit of the
// process (RLIMIT_MEMLOCK) goes; of ordinary memory when that heap is full.
// Null when there is none at all. Thread-safe, as below.
void* AllocateLocked(size_t bytes);
void FreeLocked(void* place, size_t bytes);

// Whether `place` lies in the secure heap.
bool IsLocked(const void* place);

template <typename T>
struct LockedAllocator {
  using value_type = T;

  LockedAllocator() = default;
  template <typename Other>
  // A container converts its allocator itself.
  // NOLINTNEXTLINE(google-explicit-constructor)
  LockedAllocator(const LockedAllocator<Other>& /*other*/) {}

  // The standard library names them. NOLINTBEGIN(readability-identifier-naming)
  T* allocate(size_t count) {
    void* const place = AllocateLocked(count * sizeof(T));
    if (place == nullptr) throw std::bad_alloc();
    return static_cast<T*>(place);
  }
  void deallocate(T* place, size_t count) {
    FreeLocked(place, count * sizeof(T));
  }
  // NOLINTEND(readability-identifier-naming)
  friend bool operator==(const LockedAllocator&,
                         const LockedAllocator&) = default;
};

// A key that stays. One that is needed for a moment is a VersionedKey by
// itself.
std::shared_ptr<const VersionedKey> KeepLocked(VersionedKey key);

}  // namespace stegvis::seal

#include "storage/seal/locked_memory.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include <utility>

namespace stegvis::seal {
namespace {

// For the rings of some thousand förbund, and for what OpenSSL itself keeps
// there for a moment in each handshake.
constexpr size_t kHeapBytes = size_t{1} << 20;
constexpr size_t kSmallestBytes = 64;

// It stays when locking fails: it has guard pages and is in no dump.
bool HeapIsReady() {
  static const bool ready =
      CRYPTO_secure_malloc_initialized() == 1 ||
      CRYPTO_secure_malloc_init(kHeapBytes, kSmallestBytes) != 0;
  return ready;
}

}  // namespace

void* AllocateLocked(size_t bytes) {
  // A full heap is no error of whoever asks OpenSSL for errors next.
  ERR_set_mark();
  void* const place = HeapIsReady() ? OPENSSL_secure_malloc(bytes) : nullptr;
  ERR_pop_to_mark();
  return place != nullptr ? place : OPENSSL_malloc(bytes);
}

void FreeLocked(void* place, size_t bytes) {
  OPENSSL_secure_clear_free(place, bytes);
}

bool IsLocked(const void* place) { return CRYPTO_secure_allocated(place) == 1; }

std::shared_ptr<const VersionedKey> KeepLocked(VersionedKey key) {
  return std::allocate_shared<VersionedKey>(LockedAllocator<VersionedKey>(),
                                            std::move(key));
}

}  // namespace stegvis::seal

#include "storage/seal/random.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace stegvis::seal {
namespace {

// What a thread has drawn and not handed out. What was handed out is wiped, so
// that no key can be read here afterwards.
class Block {
 public:
  ~Block() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  void Take(uint8_t* out, size_t size) {
    while (size > 0) {
      if (used_ == bytes_.size()) Refill();
      const size_t part = std::min(size, bytes_.size() - used_);
      std::memcpy(out, &bytes_[used_], part);
      OPENSSL_cleanse(&bytes_[used_], part);
      used_ += part;
      out += part;
      size -= part;
    }
  }

 private:
  void Refill() {
    if (RAND_priv_bytes(bytes_.data(), static_cast<int>(bytes_.size())) != 1) {
      std::abort();
    }
    used_ = 0;
  }

  std::array<uint8_t, 4096> bytes_{};
  size_t used_ = sizeof(bytes_);
};

}  // namespace

void FillRandom(uint8_t* bytes, size_t size) {
  thread_local Block block;
  block.Take(bytes, size);
}

}  // namespace stegvis::seal

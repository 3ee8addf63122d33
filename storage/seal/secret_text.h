// Text that is a secret.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis::seal {

// Overwrites `size` bytes; the compiler does not leave it out.
void Wipe(void* bytes, size_t size);

// Wipes memory before it gives it back, so also what a vector grew out of.
template <typename T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <typename Other>
  // A container converts its allocator itself.
  // NOLINTNEXTLINE(google-explicit-constructor)
  WipingAllocator(const WipingAllocator<Other>& /*other*/) {}

  // The standard library names them. NOLINTBEGIN(readability-identifier-naming)
  T* allocate(size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* place, size_t count) {
    Wipe(place, count * sizeof(T));
    std::allocator<T>().deallocate(place, count);
  }
  // NOLINTEND(readability-identifier-naming)
  friend bool operator==(const WipingAllocator&,
                         const WipingAllocator&) = default;
};

// Moves, never copies, and wipes itself. One thread.
class SecretText {
 public:
  SecretText() = default;
  SecretText(SecretText&&) = default;
  SecretText& operator=(SecretText&&) = default;
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() = default;

  void Append(absl::string_view more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
  }
  void Clear() { bytes_ = Bytes(); }

  bool Empty() const { return bytes_.empty(); }
  absl::string_view View() const {
    return absl::string_view(bytes_.data(), bytes_.size());
  }

 private:
  using Bytes = std::vector<char, WipingAllocator<char>>;

  Bytes bytes_;
};

}  // namespace stegvis::seal

// Values that must not slip out.
#pragma once

#include <utility>

namespace stegvis {

// Permission to look into a Sensitive. Made where a person may be seen; every
// place is found by searching for RevealKey.
class RevealKey {
 public:
  // `why` is for the reader of the code.
  static constexpr RevealKey For(const char* /*why*/) { return RevealKey(); }

 private:
  constexpr RevealKey() = default;
};

// A value without stream operator, comparison or implicit text.
template <typename T>
class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(T value) : value_(std::move(value)) {}

  const T& Reveal(RevealKey) const { return value_; }

 private:
  T value_{};
};

}  // namespace stegvis

#include "services/base/ids.h"

#include <sys/random.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/errors.h"

namespace stegvis {
namespace {

constexpr size_t kTextSize = 36;
constexpr int kCounterBits = 12;

// Of a hexadecimal digit in lower case; -1 for anything else.
int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsDashPlace(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

void FillRandom(uint8_t* bytes, size_t size) {
  // At most 16 bytes: the kernel never gives less than asked for.
  if (getrandom(bytes, size, 0) != static_cast<ssize_t>(size)) std::abort();
}

void SetVersion(IdBytes& bytes, uint8_t version) {
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0F) | (version << 4));
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3F) | 0x80);
}

}  // namespace

std::optional<IdBytes> ParseUuid(absl::string_view text) {
  if (text.size() != kTextSize) return std::nullopt;
  IdBytes bytes = {};
  size_t digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsDashPlace(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = DigitValue(text[i]);
    if (value < 0) return std::nullopt;
    uint8_t& byte = bytes[digits++ / 2];
    byte = static_cast<uint8_t>(byte << 4 | value);
  }
  return bytes;
}

std::string UuidText(const IdBytes& bytes) {
  const std::string hex = absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  const absl::string_view view(hex);
  return absl::StrCat(view.substr(0, 8), "-", view.substr(8, 4), "-",
                      view.substr(12, 4), "-", view.substr(16, 4), "-",
                      view.substr(20));
}

IdBytes RandomUuid() {
  IdBytes bytes;
  FillRandom(bytes.data(), bytes.size());
  SetVersion(bytes, 4);
  return bytes;
}

IdBytes TimeOrderedUuid() {
  static IdSource source;
  return source.Next(absl::Now());
}

template <typename Tag>
absl::StatusOr<Id<Tag>> Id<Tag>::Parse(absl::string_view text) {
  const std::optional<IdBytes> bytes = ParseUuid(text);
  if (!bytes.has_value()) return errors::NameInvalid();
  return Id(*bytes);
}

template class Id<ForbundTag>;
template class Id<InsatsTag>;
template class Id<ParticipationTag>;
template class Id<QuestionTag>;

IdBytes IdSource::Next(absl::Time now) {
  const uint64_t wanted = static_cast<uint64_t>(absl::ToUnixMillis(now))
                          << kCounterBits;
  uint64_t ticks = 0;
  {
    absl::MutexLock lock(&mutex_);
    last_ = std::max(wanted, last_ + 1);
    ticks = last_;
  }
  const uint64_t millis = ticks >> kCounterBits;
  IdBytes bytes;
  for (size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<uint8_t>(millis >> (40 - 8 * i));
  }
  bytes[6] = static_cast<uint8_t>((ticks >> 8) & 0x0F);
  bytes[7] = static_cast<uint8_t>(ticks & 0xFF);
  FillRandom(&bytes[8], 8);
  SetVersion(bytes, 7);
  return bytes;
}

std::string NameOf(const ParticipationKey& key) {
  return absl::StrCat("forbund/", key.forbund.Text(), "/insatser/",
                      key.insats.Text(), "/participations/",
                      key.participation.Text());
}

}  // namespace stegvis

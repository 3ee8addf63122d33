#include "storage/seal/key_shares.h"

extern "C" {
#include <libgfshare.h>
}

#include <algorithm>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/hash.h"
#include "storage/seal/random.h"
#include "storage/seal/secret_text.h"

namespace stegvis::seal {
namespace {

constexpr absl::string_view kFingerprintText = "stegvis key share";

using Numbers = std::vector<unsigned char>;

// A key's bytes on their way into the library or out of it.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(const Key& key) {
    std::copy(key.Bytes().begin(), key.Bytes().end(), bytes_.begin());
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { Wipe(bytes_.data(), bytes_.size()); }

  unsigned char* Get() { return bytes_.data(); }
  Key ToKey() const {
    return *Key::FromBytes(absl::string_view(
        reinterpret_cast<const char*>(bytes_.data()), bytes_.size()));
  }

 private:
  std::array<unsigned char, Key::kBytes> bytes_{};
};

// The library overwrites what it held before it gives the memory back.
struct FreeContext {
  void operator()(gfshare_ctx* context) const { gfshare_ctx_free(context); }
};
using Context = std::unique_ptr<gfshare_ctx, FreeContext>;

extern "C" void FillForLibrary(unsigned char* bytes, unsigned int size) {
  FillRandom(bytes, size);
}

// The library has no random source until it is given one, and its own, which
// is random(3), would give the key away. It also wipes with it.
void UseOurRandom() {
  static const bool done = [] {
    gfshare_fill_rand = FillForLibrary;
    return true;
  }();
  static_cast<void>(done);
}

std::array<uint8_t, 8> FingerprintOf(const Key& key) {
  std::array<uint8_t, 8> fingerprint;
  const std::string hash = HmacSha256(key.Bytes(), kFingerprintText);
  std::copy_n(hash.begin(), fingerprint.size(), fingerprint.begin());
  return fingerprint;
}

ShareSet NewSet(const VersionedKey& key, const Sharing& sharing) {
  ShareSet set;
  FillRandom(set.id.data(), set.id.size());
  set.need = static_cast<uint8_t>(sharing.need);
  set.of = static_cast<uint8_t>(sharing.of);
  set.key_version = key.version;
  set.fingerprint = FingerprintOf(key.key);
  return set;
}

absl::Status CheckThatTheyFit(absl::Span<const KeyShare> shares) {
  if (shares.empty()) return errors::KeySharesTooFew();
  std::set<uint8_t> numbers;
  for (const KeyShare& share : shares) {
    if (share.set != shares.front().set) return errors::KeySharesMixed();
    if (!numbers.insert(share.number).second) return errors::KeyShareTwice();
  }
  return shares.size() < shares.front().set.need ? errors::KeySharesTooFew()
                                                 : absl::OkStatus();
}

}  // namespace

bool IsPossible(const Sharing& sharing) {
  return kFewestShares <= sharing.need && sharing.need <= sharing.of &&
         sharing.of <= kMostShares;
}

absl::StatusOr<std::vector<KeyShare>> Split(const VersionedKey& key,
                                            const Sharing& sharing) {
  if (!IsPossible(sharing)) {
    Faults faults;
    faults.Add("need", reasons::kOutOfRange);
    return faults.ToStatus();
  }
  UseOurRandom();
  const ShareSet set = NewSet(key, sharing);
  Numbers numbers(set.of);
  std::iota(numbers.begin(), numbers.end(), static_cast<unsigned char>(1));
  const Context context(
      gfshare_ctx_init_enc(numbers.data(), set.of, set.need, Key::kBytes));
  if (context == nullptr) return errors::Bug("key share");
  Buffer secret(key.key);
  gfshare_ctx_enc_setsecret(context.get(), secret.Get());

  std::vector<KeyShare> shares;
  shares.reserve(set.of);
  for (uint8_t i = 0; i < set.of; ++i) {
    Buffer share;
    gfshare_ctx_enc_getshare(context.get(), i, share.Get());
    shares.push_back(KeyShare{set, numbers[i], share.ToKey()});
  }
  return shares;
}

absl::StatusOr<VersionedKey> Combine(absl::Span<const KeyShare> shares) {
  RETURN_IF_ERROR(CheckThatTheyFit(shares));
  UseOurRandom();
  Numbers numbers;
  for (const KeyShare& share : shares) numbers.push_back(share.number);
  const Context context(gfshare_ctx_init_dec(
      numbers.data(), static_cast<unsigned int>(numbers.size()), Key::kBytes));
  if (context == nullptr) return errors::Bug("key share");
  for (size_t i = 0; i < shares.size(); ++i) {
    Buffer share(shares[i].bytes);
    gfshare_ctx_dec_giveshare(context.get(), static_cast<unsigned char>(i),
                              share.Get());
  }
  Buffer secret;
  gfshare_ctx_dec_extract(context.get(), secret.Get());

  const ShareSet& set = shares.front().set;
  VersionedKey key = {secret.ToKey(), set.key_version};
  if (FingerprintOf(key.key) != set.fingerprint) {
    return errors::KeySharesWrong();
  }
  return key;
}

}  // namespace stegvis::seal

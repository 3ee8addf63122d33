// Bytes as they come from a disk that somebody else had in hand.
#include <array>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "storage/audit/merkle.h"
#include "storage/seal/key_ring.h"
#include "storage/seal/sealer.h"
#include "storage/store/erasure_log.h"
#include "storage/store/record.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

constexpr IdBytes kId = {1, 2, 3, 4, 5, 6, 0x70, 8, 0x80};

// What decodes is a value, and so has bytes that decode to the same.
template <typename Decode>
void ExpectValueOrDamage(absl::string_view bytes, const Decode& decode) {
  const auto first = decode(bytes);
  if (!first.ok()) {
    Expect(absl::IsDataLoss(first.status()), "no record is damage");
    return ExpectRefusal(first.status(), bytes);
  }
  const std::string encoded = storage::Encode(*first);
  const auto second = decode(encoded);
  Expect(second.ok(), "what was encoded decodes");
  Expect(storage::Encode(*second) == encoded, "a value has one encoding");
}

// The first byte chooses the kind of record.
void ReadRecord(absl::string_view input) {
  if (input.empty()) return;
  const absl::string_view bytes = input.substr(1);
  const auto forbund = ForbundId::FromBytes(kId);
  const auto insats = InsatsId::FromBytes(kId);
  const ParticipationKey key = {forbund, insats,
                                ParticipationId::FromBytes(kId)};
  const auto read = [&](const auto& decode) {
    ExpectValueOrDamage(bytes, decode);
  };
  switch (input[0]) {
    case 'f':
      return read([&](auto b) { return storage::DecodeForbund(forbund, b); });
    case 'q':
      return read([&](auto b) {
        return storage::DecodeQuestion(QuestionId::FromBytes(kId), b);
      });
    case 'i':
      return read([&](auto b) { return storage::DecodeInsats(insats, b); });
    case 'c':
      return read([&](auto b) { return storage::DecodeCount(insats, b); });
    case 'r':
      return read([](auto b) { return storage::DecodeRemainder(b); });
    case 'w':
      return read([](auto b) { return storage::DecodeWithdrawal(b); });
    case 'g':
      return read([](auto b) { return storage::DecodeGrant(b); });
    case 'a':
      return read([](auto b) { return storage::DecodeAuditEntry(b); });
    case 's':
      return read([&](auto b) {
        return storage::DecodeSealedReport({forbund, 2020, 1, {}, 1}, b);
      });
    case 'm':
      return read([](auto b) { return storage::DecodeRequestMemory(b); });
    default:
      return read([&](auto b) { return storage::DecodeParticipation(key, b); });
  }
}

seal::VersionedKey TheKey() {
  return {*seal::Key::FromBytes(std::string(seal::Key::kBytes, 'k')), 1};
}

void ReadSealed(absl::string_view input) {
  const seal::VersionedKey key = TheKey();
  seal::SealPlace place("fuzz");
  place.Column("row", 1);
  std::string buffer;
  Expect(absl::IsDataLoss(seal::Open(key, place, input, buffer).status()),
         "nobody makes a seal without the key");
  Expect(absl::IsDataLoss(seal::Unwrap(key, place, input).status()),
         "nobody wraps a key without the key");

  std::string sealed;
  Expect(seal::Seal(key, place, input, sealed).ok(), "any bytes are sealed");
  Expect(sealed.size() % seal::kPadding == 0, "a seal is padded");
  const absl::StatusOr<absl::string_view> opened =
      seal::Open(key, place, sealed, buffer);
  Expect(opened.ok() && *opened == input, "a seal opens to what was sealed");
  if (input.empty()) return;
  // One bit, chosen by the input.
  size_t at = 0;
  for (const char c : input) at = at * 31 + static_cast<unsigned char>(c);
  sealed[at / 8 % sealed.size()] ^= static_cast<char>(1U << (at % 8));
  Expect(absl::IsDataLoss(seal::Open(key, place, sealed, buffer).status()),
         "a seal with another bit does not open");
}

void ReadWrappedKeys(absl::string_view input) {
  std::vector<seal::WrappedKey> rows;
  for (const absl::string_view part : absl::StrSplit(input, '\n')) {
    if (part.empty()) continue;
    rows.push_back({static_cast<seal::KeyPurpose>(part[0] - '0'),
                    static_cast<uint32_t>(rows.size()),
                    std::string(part.substr(1))});
  }
  const seal::KeyVersions roots = {
      std::make_shared<const seal::VersionedKey>(TheKey())};
  Expect(
      absl::IsDataLoss(
          seal::KeyRing::Open(roots, seal::kInstallationScope, rows).status()),
      "keys that do not open are damage");
}

void ReadErasures(absl::string_view input) {
  using storage::ErasureLog;
  const auto parsed = ErasureLog::Parse(input);
  const std::string path = FileWith(input);
  const auto opened = ErasureLog::Open(path);
  Expect(parsed.ok() == opened.ok(), "the list is read by one set of rules");
  if (!parsed.ok()) return ExpectRefusal(parsed.status(), input);
  Expect((*opened)->Entries().size() == parsed->size(), "as many are erased");

  const storage::ErasureEntry more = {
      {ForbundId::FromBytes(kId), InsatsId::FromBytes(kId),
       ParticipationId::FromBytes(kId)},
      1};
  Expect((*opened)->Append({more}).ok(), "the list goes on after any it reads");
  const auto again = ErasureLog::Open(path);
  Expect(
      again.ok() && (*again)->Entries().size() == (*opened)->Entries().size(),
      "what went on is read again");
}

void ReadFrontier(absl::string_view input) {
  if (input.empty()) return;
  const auto size = static_cast<uint64_t>(static_cast<unsigned char>(input[0]));
  absl::StatusOr<audit::Frontier> read =
      audit::Frontier::Parse(size, input.substr(1));
  if (!read.ok()) return ExpectRefusal(read.status(), input);
  Expect(read->Bytes() == input.substr(1), "a frontier has one form");
  read->Append(audit::LeafHash(input));
  Expect(read->Size() == size + 1, "a log grows by one");
  Expect(audit::Frontier::Parse(read->Size(), read->Bytes()).ok(),
         "a log that has grown can be read");
}

}  // namespace

std::vector<Target> StorageTargets() {
  return {{"erasures", ReadErasures},
          {"frontier", ReadFrontier},
          {"record", ReadRecord},
          {"sealed", ReadSealed},
          {"wrapped_keys", ReadWrappedKeys}};
}

}  // namespace stegvis::fuzz

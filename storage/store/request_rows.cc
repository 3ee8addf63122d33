#include "storage/store/request_rows.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/seal/hash.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/store/natural_keys.h"
#include "storage/store/record.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;

constexpr absl::Duration kForgetEach = absl::Minutes(1);

// `participation`: the id, or empty.
seal::SealPlace PlaceOfMemory(absl::string_view request_key,
                              int64_t recorded_at,
                              absl::string_view participation) {
  seal::SealPlace place("request_memory");
  place.Column("request_key", request_key)
      .Column("recorded_at", recorded_at)
      .Column("participation_id", participation);
  return place;
}

// Whatever was recorded up to this moment is forgotten.
int64_t ForgottenUntil(int64_t now) {
  return now - absl::ToInt64Microseconds(absl::Hours(24)) *
                   limits::kRequestMemoryDays;
}

// The time that a time-ordered id begins with, in milliseconds, for the years
// 2020 to 2039; nothing of any other id. No date of birth in digits begins so:
// whoever makes ids of numbers does not have them written here.
absl::string_view TimeOf(const IdBytes& id) {
  constexpr uint8_t kVersion7 = 0x70;
  constexpr size_t kTimeBytes = 6;
  const bool is_time =
      (id[6] & 0xF0) == kVersion7 && id[0] == 0x01 && id[1] >= 0x6F;
  return View(id).substr(0, is_time ? kTimeBytes : 0);
}

// What the row of a request is called. The time comes first, so that the
// database appends.
absl::StatusOr<std::string> MemoryId(Session& session, const RequestKey& key) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.keys.Of(seal::kInstallationScope));
  return absl::StrCat(
      TimeOf(key.request_id),
      seal::RowId(ring->Get(KeyPurpose::kRowId).key, MemoryKey(key)));
}

absl::StatusOr<const seal::VersionedKey*> MemorySealingKey(Session& session) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.keys.Of(seal::kInstallationScope));
  return &ring->Get(KeyPurpose::kContent);
}

// Nobody finds them any more; so it is enough to remove them now and then.
absl::Status ForgetOldRequests(WriteSession& session) {
  int64_t& last = session.counters.requests_forgotten_at;
  const int64_t now = session.recorded_at;
  if (last != 0 && now < last + absl::ToInt64Microseconds(kForgetEach)) {
    return absl::OkStatus();
  }
  last = now;
  return sql::Query(session.read.connection, statements::kForgetRequests)
      .Integer(1, ForgottenUntil(now))
      .Run();
}

}  // namespace

absl::StatusOr<std::string> RequestDigest(Session& session,
                                          std::optional<ForbundId> forbund,
                                          absl::string_view request) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(ScopeOf(forbund)));
  return seal::HmacSha256(ring->Get(KeyPurpose::kRequestDigest).key.Bytes(),
                          request);
}

absl::StatusOr<std::optional<RequestMemory>> FindRequest(
    Session& session, const RequestKey& key) {
  ASSIGN_OR_RETURN(const std::string id, MemoryId(session, key));
  sql::Query query(session.connection, statements::kFindRequest);
  query.Blob(1, id).Integer(2, ForgottenUntil(session.now));
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<RequestMemory>();

  ASSIGN_OR_RETURN(const seal::VersionedKey* sealing,
                   MemorySealingKey(session));
  std::string buffer;
  ASSIGN_OR_RETURN(
      const absl::string_view bytes,
      seal::Open(*sealing,
                 PlaceOfMemory(id, query.IntegerAt(0), query.BytesAt(1)),
                 query.BytesAt(2), buffer));
  ASSIGN_OR_RETURN(RequestMemory memory, DecodeRequestMemory(bytes));
  return std::optional<RequestMemory>(std::move(memory));
}

absl::Status RememberRequest(WriteSession& session, const RequestKey& key,
                             const RequestMemory& memory) {
  RETURN_IF_ERROR(ForgetOldRequests(session));
  ASSIGN_OR_RETURN(const std::string id, MemoryId(session.read, key));
  ASSIGN_OR_RETURN(const seal::VersionedKey* sealing,
                   MemorySealingKey(session.read));
  const absl::string_view participation = memory.participation.has_value()
                                              ? memory.participation->View()
                                              : absl::string_view();
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(
      *sealing, PlaceOfMemory(id, session.recorded_at, participation),
      Encode(memory), sealed));
  sql::Query query(session.read.connection, statements::kInsertRequest);
  query.Blob(1, id).Integer(2, session.recorded_at).Blob(4, sealed);
  if (memory.participation.has_value()) {
    query.Blob(3, participation);
  } else {
    query.Null(3);
  }
  return query.Run();
}

}  // namespace stegvis::storage

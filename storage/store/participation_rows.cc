#include "storage/store/participation_rows.h"

#include <limits>
#include <optional>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/sql/query.h"
#include "storage/store/participation_opener.h"
#include "storage/store/participation_statements.h"

namespace stegvis::storage {
namespace {

constexpr size_t kAll = std::numeric_limits<size_t>::max();

absl::StatusOr<Versioned<domain::Participation>> OpenOnly(Session& session,
                                                          ForbundId forbund,
                                                          sql::Query& query) {
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return errors::NotFound();
  ASSIGN_OR_RETURN(ParticipationOpener opener,
                   ParticipationOpener::Create(session, forbund));
  return opener.OpenVersioned(query);
}

// The next place where a participation lies, if there is one.
absl::StatusOr<std::optional<ParticipationKey>> NextKey(ForbundId forbund,
                                                        sql::Query& places) {
  ASSIGN_OR_RETURN(const bool found, places.Step());
  if (!found) return std::optional<ParticipationKey>();
  return ParticipationKey{
      forbund, InsatsId::FromBytes(IdFromColumn(places.BytesAt(0))),
      ParticipationId::FromBytes(IdFromColumn(places.BytesAt(1)))};
}

// Opens those at `places` that are known at the session's as-of, `limit` at
// most. One that does not open is listed with its DATA_LOSS.
absl::StatusOr<std::vector<ListedParticipation>> OpenSome(Session& session,
                                                          ForbundId forbund,
                                                          sql::Query& places,
                                                          size_t limit) {
  std::vector<ListedParticipation> list;
  while (list.size() < limit) {
    ASSIGN_OR_RETURN(const std::optional<ParticipationKey> key,
                     NextKey(forbund, places));
    if (!key.has_value()) return list;
    absl::StatusOr<Versioned<domain::Participation>> found =
        GetParticipation(session, *key);
    if (absl::IsNotFound(found.status())) continue;
    if (!found.ok() && !absl::IsDataLoss(found.status())) {
      return found.status();
    }
    list.push_back({*key, std::move(found)});
  }
  return list;
}

}  // namespace

absl::StatusOr<Versioned<domain::Participation>> GetParticipation(
    Session& session, const ParticipationKey& key) {
  sql::Query query(session.connection, statements::kNewestParticipation);
  query.Blob(1, key.forbund.View())
      .Blob(2, key.insats.View())
      .Blob(3, key.participation.View())
      .Integer(4, session.known_until);
  return OpenOnly(session, key.forbund, query);
}

absl::StatusOr<Versioned<domain::Participation>> GetParticipationVersion(
    Session& session, const ParticipationKey& key, int64_t version) {
  sql::Query query(session.connection, statements::kParticipationOfVersion);
  query.Blob(1, key.forbund.View())
      .Blob(2, key.insats.View())
      .Blob(3, key.participation.View())
      .Integer(4, version);
  return OpenOnly(session, key.forbund, query);
}

absl::StatusOr<std::vector<ListedParticipation>> ListParticipations(
    Session& session, const InsatsKey& insats,
    std::optional<ParticipationId> after, int limit) {
  // Every id comes after the empty one.
  const absl::string_view start =
      after.has_value() ? after->View() : absl::string_view();
  sql::Query places(session.connection, statements::kListInInsats);
  places.Blob(1, insats.forbund.View())
      .Blob(2, insats.insats.View())
      .Blob(3, start);
  return OpenSome(session, insats.forbund, places, static_cast<size_t>(limit));
}

absl::StatusOr<std::vector<ListedParticipation>> FindByNumber(
    Session& session, ForbundId forbund, std::optional<InsatsId> insats,
    const domain::PersonNumber& number) {
  const auto ring = session.keys.Of(forbund.Bytes());
  if (absl::IsNotFound(ring.status())) {
    return std::vector<ListedParticipation>();
  }
  RETURN_IF_ERROR(ring.status());
  const std::string index =
      seal::BlindIndex((*ring)->Get(seal::KeyPurpose::kBlindIndex).key,
                       number.Digits(RevealKey::For("a person is looked up")));
  sql::Query places(session.connection, insats.has_value()
                                            ? statements::kFindInInsats
                                            : statements::kFindInForbund);
  places.Blob(1, forbund.View()).Blob(2, index);
  if (insats.has_value()) places.Blob(3, insats->View());
  return OpenSome(session, forbund, places, kAll);
}

absl::Status ScanParticipations(Session& session, ForbundId forbund,
                                const ReadTransaction::VersionVisitor& visit) {
  ASSIGN_OR_RETURN(ParticipationOpener opener,
                   ParticipationOpener::Create(session, forbund));
  sql::Query query(session.connection, statements::kScanParticipations);
  query.Blob(1, forbund.View());
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return absl::OkStatus();
    const absl::StatusOr<domain::Participation> opened = opener.Open(query);
    RETURN_IF_ERROR(
        visit(ScannedVersion{opener.KeyOf(query), query.IntegerAt(kVersion),
                             FeedPosition{query.IntegerAt(kPosition)},
                             absl::FromUnixMicros(query.IntegerAt(kKnownFrom)),
                             opened.ok() ? &*opened : nullptr}));
  }
}

}  // namespace stegvis::storage

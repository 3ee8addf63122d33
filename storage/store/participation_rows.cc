#include "storage/store/participation_rows.h"

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/sql/query.h"
#include "storage/store/participation_opener.h"
#include "storage/store/participation_statements.h"

namespace stegvis::storage {
namespace {

absl::StatusOr<Versioned<domain::Participation>> OpenOnly(Session& session,
                                                          ForbundId forbund,
                                                          sql::Query& query) {
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return errors::NotFound();
  ASSIGN_OR_RETURN(ParticipationOpener opener,
                   ParticipationOpener::Create(session, forbund));
  return opener.OpenVersioned(query);
}

absl::StatusOr<std::vector<ListedParticipation>> OpenAll(Session& session,
                                                         ForbundId forbund,
                                                         sql::Query& query) {
  ASSIGN_OR_RETURN(ParticipationOpener opener,
                   ParticipationOpener::Create(session, forbund));
  std::vector<ListedParticipation> list;
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return list;
    list.push_back({opener.KeyOf(query), opener.OpenVersioned(query)});
  }
}

// Where the person's participations lie, whatever the as-of.
absl::StatusOr<std::vector<ParticipationKey>> FindKeys(
    Session& session, ForbundId forbund, std::optional<InsatsId> insats,
    const domain::PersonNumber& number) {
  std::vector<ParticipationKey> keys;
  const auto ring = session.keys.Of(forbund.Bytes());
  if (absl::IsNotFound(ring.status())) return keys;
  RETURN_IF_ERROR(ring.status());
  const std::string index =
      seal::BlindIndex((*ring)->Get(seal::KeyPurpose::kBlindIndex).key,
                       number.Digits(RevealKey::For("a person is looked up")));
  sql::Query query(session.connection, insats.has_value()
                                           ? statements::kFindInInsats
                                           : statements::kFindInForbund);
  query.Blob(1, forbund.View()).Blob(2, index);
  if (insats.has_value()) query.Blob(3, insats->View());
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return keys;
    keys.push_back(
        {forbund, InsatsId::FromBytes(IdFromColumn(query.BytesAt(0))),
         ParticipationId::FromBytes(IdFromColumn(query.BytesAt(1)))});
  }
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
  sql::Query query(session.connection, statements::kListParticipations);
  query.Blob(1, insats.forbund.View())
      .Blob(2, insats.insats.View())
      .Blob(3, start)
      .Integer(4, session.known_until)
      .Integer(5, limit);
  return OpenAll(session, insats.forbund, query);
}

absl::StatusOr<std::vector<ListedParticipation>> FindByNumber(
    Session& session, ForbundId forbund, std::optional<InsatsId> insats,
    const domain::PersonNumber& number) {
  ASSIGN_OR_RETURN(const std::vector<ParticipationKey> keys,
                   FindKeys(session, forbund, insats, number));
  std::vector<ListedParticipation> list;
  for (const ParticipationKey& key : keys) {
    absl::StatusOr<Versioned<domain::Participation>> found =
        GetParticipation(session, key);
    // It was not known yet at the session's as-of.
    if (absl::IsNotFound(found.status())) continue;
    if (!found.ok() && !absl::IsDataLoss(found.status())) {
      return found.status();
    }
    list.push_back({key, std::move(found)});
  }
  return list;
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

#include "storage/store/sealed_report_rows.h"

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/sealer.h"
#include "storage/seal/signer.h"
#include "storage/sql/query.h"
#include "storage/store/record.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;

seal::SealPlace PlaceOf(const SealedReportKey& key) {
  seal::SealPlace place("sealed_report");
  place.Column("forbund_id", key.forbund.View())
      .Column("kind", static_cast<int64_t>(key.kind))
      .Column("year", static_cast<int64_t>(key.year))
      .Column("revision", static_cast<int64_t>(key.revision))
      .Column("recorded_at", absl::ToUnixMicros(key.recorded_at))
      .Column("key_version", static_cast<int64_t>(key.key_version));
  return place;
}

absl::StatusOr<int> NewestRevision(Session& session,
                                   const ReportToSeal& report) {
  sql::Query query(session.connection, statements::kNewestSealedReport);
  query.Blob(1, report.forbund.View())
      .Integer(2, static_cast<int64_t>(report.kind))
      .Integer(3, report.year);
  RETURN_IF_ERROR(query.Step().status());
  return static_cast<int>(query.IntegerAt(0));
}

}  // namespace

absl::StatusOr<std::vector<SealedReportKey>> ListSealedReports(
    Session& session, ForbundId forbund, SealedKind kind) {
  std::vector<SealedReportKey> list;
  sql::Query query(session.connection, statements::kListSealedReports);
  query.Blob(1, forbund.View()).Integer(2, static_cast<int64_t>(kind));
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return list;
    list.push_back({forbund, static_cast<int>(query.IntegerAt(0)),
                    static_cast<int>(query.IntegerAt(1)),
                    absl::FromUnixMicros(query.IntegerAt(2)),
                    static_cast<uint32_t>(query.IntegerAt(3)), kind});
  }
}

absl::StatusOr<SealedReport> GetSealedReport(Session& session,
                                             ForbundId forbund, SealedKind kind,
                                             int year, int revision) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(forbund.Bytes()));
  sql::Query query(session.connection, statements::kReadSealedReport);
  query.Blob(1, forbund.View())
      .Integer(2, static_cast<int64_t>(kind))
      .Integer(3, year)
      .Integer(4, revision);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return errors::NotFound();
  const SealedReportKey key{forbund,
                            year,
                            revision,
                            absl::FromUnixMicros(query.IntegerAt(0)),
                            static_cast<uint32_t>(query.IntegerAt(1)),
                            kind};
  std::string buffer;
  ASSIGN_OR_RETURN(const absl::string_view bytes,
                   seal::Open(ring->Get(KeyPurpose::kContent), PlaceOf(key),
                              query.BytesAt(2), buffer));
  return DecodeSealedReport(key, bytes);
}

absl::StatusOr<SealedReport> PutSealedReport(WriteSession& session,
                                             const ReportToSeal& report) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.read.keys.Of(report.forbund.Bytes()));
  ASSIGN_OR_RETURN(const int newest, NewestRevision(session.read, report));
  if (report.revision != newest + 1) {
    return errors::Bug("sealed_report_out_of_order");
  }
  const seal::VersionedKey& signing = ring->Get(KeyPurpose::kSigning);
  SealedReport stored{
      {report.forbund, report.year, report.revision,
       absl::FromUnixMicros(session.recorded_at), signing.version, report.kind},
      report.payload,
      seal::Sign(signing.key, report.signed_text),
      seal::PublicKeyOf(signing.key)};
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(ring->Get(KeyPurpose::kContent),
                             PlaceOf(stored.key), Encode(stored), sealed));
  RETURN_IF_ERROR(
      sql::Query(session.read.connection, statements::kInsertSealedReport)
          .Blob(1, report.forbund.View())
          .Integer(2, static_cast<int64_t>(report.kind))
          .Integer(3, report.year)
          .Integer(4, report.revision)
          .Integer(5, session.recorded_at)
          .Integer(6, signing.version)
          .Blob(7, sealed)
          .Run());
  return stored;
}

}  // namespace stegvis::storage

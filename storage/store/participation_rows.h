// Participations as rows, each sealed under a key of its own. Each function is
// the call of the same name in transaction.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

absl::StatusOr<Versioned<domain::Participation>> GetParticipation(
    Session& session, const ParticipationKey& key);
absl::StatusOr<Versioned<domain::Participation>> GetParticipationVersion(
    Session& session, const ParticipationKey& key, int64_t version);
absl::StatusOr<std::vector<ListedParticipation>> ListParticipations(
    Session& session, const InsatsKey& insats,
    std::optional<ParticipationId> after, int limit);
absl::StatusOr<std::vector<ListedParticipation>> FindByNumber(
    Session& session, ForbundId forbund, std::optional<InsatsId> insats,
    const domain::PersonNumber& number);
absl::Status ScanParticipations(Session& session, ForbundId forbund,
                                const ReadTransaction::VersionVisitor& visit);

absl::StatusOr<Versioned<domain::Participation>> PutParticipation(
    WriteSession& session, ForbundId forbund,
    const domain::Participation& participation,
    std::optional<absl::Time> known_from);

}  // namespace stegvis::storage

// Values as the bytes that are sealed, and back. The layout is record.proto.
//
// Decoding fails with DATA_LOSS (RECORD_UNREADABLE) when the bytes are no such
// value. Pure functions; safe from any thread.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "services/domain/access.h"
#include "services/domain/counts.h"
#include "services/domain/forbund.h"
#include "services/domain/insats.h"
#include "services/domain/participation.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

std::string Encode(const domain::Forbund& forbund);
absl::StatusOr<domain::Forbund> DecodeForbund(ForbundId id,
                                              absl::string_view bytes);

std::string Encode(const domain::Question& question);
absl::StatusOr<domain::Question> DecodeQuestion(QuestionId id,
                                                absl::string_view bytes);

std::string Encode(const domain::Insats& insats);
absl::StatusOr<domain::Insats> DecodeInsats(InsatsId id,
                                            absl::string_view bytes);

std::string Encode(const domain::Participation& participation);
absl::StatusOr<domain::Participation> DecodeParticipation(
    const ParticipationKey& key, absl::string_view bytes);

std::string Encode(const domain::Count& count);
absl::StatusOr<domain::Count> DecodeCount(InsatsId insats,
                                          absl::string_view bytes);

std::string Encode(const std::optional<domain::AnonymousRemainder>& count);
absl::StatusOr<std::optional<domain::AnonymousRemainder>> DecodeRemainder(
    absl::string_view bytes);

std::string Encode(const domain::Withdrawal& withdrawal);
absl::StatusOr<domain::Withdrawal> DecodeWithdrawal(absl::string_view bytes);

// A grant as its newest version says it.
struct GrantRecord {
  domain::Grant grant;
  bool removed = false;
};
std::string Encode(const GrantRecord& record);
absl::StatusOr<GrantRecord> DecodeGrant(absl::string_view bytes);

std::string Encode(const AuditEntry& entry);
// The förbund stands in the row.
absl::StatusOr<AuditEntry> DecodeAuditEntry(absl::string_view bytes);

std::string Encode(const SealedReport& report);
// The key stands in the row.
absl::StatusOr<SealedReport> DecodeSealedReport(const SealedReportKey& key,
                                                absl::string_view bytes);

std::string Encode(const RequestMemory& memory);
absl::StatusOr<RequestMemory> DecodeRequestMemory(absl::string_view bytes);

}  // namespace stegvis::storage

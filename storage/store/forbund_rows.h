// Förbund, their questions, insatser and counts as rows. Each function is the
// call of the same name in transaction.h.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"
#include "storage/store/version_rows.h"

namespace stegvis::storage {

absl::StatusOr<Versioned<domain::Forbund>> GetForbund(
    Session& session, ForbundId id, const VersionBounds& bounds);
absl::StatusOr<std::vector<Versioned<domain::Forbund>>> ListForbund(
    Session& session);
absl::StatusOr<Versioned<domain::Forbund>> PutForbund(
    WriteSession& session, const domain::Forbund& forbund);

absl::StatusOr<Versioned<domain::Question>> GetQuestion(
    Session& session, const QuestionKey& key, const VersionBounds& bounds);
absl::StatusOr<std::vector<Versioned<domain::Question>>> ListQuestions(
    Session& session, ForbundId forbund);
absl::StatusOr<Versioned<domain::Question>> PutQuestion(
    WriteSession& session, ForbundId forbund, const domain::Question& question);

absl::StatusOr<Versioned<domain::Insats>> GetInsats(
    Session& session, const InsatsKey& key, const VersionBounds& bounds);
absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatser(
    Session& session, ForbundId forbund);
absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatsVersions(
    Session& session, ForbundId forbund);
absl::StatusOr<Versioned<domain::Insats>> PutInsats(
    WriteSession& session, ForbundId forbund, const domain::Insats& insats);

absl::StatusOr<Versioned<domain::Count>> GetCount(Session& session,
                                                  const InsatsKey& insats,
                                                  domain::CountKind kind,
                                                  int year,
                                                  const VersionBounds& bounds);
absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCounts(
    Session& session, const InsatsKey& insats);
absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCountVersions(
    Session& session, ForbundId forbund);
absl::StatusOr<Versioned<domain::Count>> PutCount(
    WriteSession& session, ForbundId forbund, const domain::Count& count,
    std::optional<absl::Time> known_from);

}  // namespace stegvis::storage

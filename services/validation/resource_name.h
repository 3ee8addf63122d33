// Resource names: the texts that stand for things in requests, answers, logs
// and the audit log. They hold ids only.
//
// Pure functions. Safe from any thread.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "services/domain/access.h"
#include "services/domain/counts.h"

namespace stegvis::validation {

// Each Parse: INVALID_ARGUMENT with NAME_INVALID unless `name` has exactly the
// form of its kind.
absl::StatusOr<ForbundId> ParseForbundName(absl::string_view name);
absl::StatusOr<QuestionKey> ParseQuestionName(absl::string_view name);
absl::StatusOr<InsatsKey> ParseInsatsName(absl::string_view name);
absl::StatusOr<ParticipationKey> ParseParticipationName(absl::string_view name);

std::string ForbundName(ForbundId forbund);
std::string QuestionName(const QuestionKey& key);
std::string InsatsName(const InsatsKey& key);
std::string ParticipationName(const ParticipationKey& key);
// `…/counts/anonymous-2020`.
std::string CountName(const InsatsKey& key, domain::CountKind kind, int year);
// The scope, `/grants/`, the role, and the user: what a grant is known by in
// the audit log. A role is written as in `forbund_admin`.
std::string GrantName(const domain::Grant& grant);

// Their inverses; NAME_INVALID as above.
struct CountKey {
  InsatsKey insats;
  domain::CountKind kind = domain::CountKind::kAnonymous;
  int year = 0;
};
absl::StatusOr<CountKey> ParseCountName(absl::string_view name);
absl::StatusOr<domain::Grant> ParseGrantName(absl::string_view name);

// `forbund/…/reports/2020-r1`: a sealed report.
struct ReportName {
  ForbundId forbund;
  int year = 0;
  int revision = 0;  // From 1.
};
std::string ReportNameText(const ReportName& report);
absl::StatusOr<ReportName> ParseReportName(absl::string_view name);

// `forbund/…/releases/2020-r1`; `forbund/-/releases/…` is of the nation.
struct ReleaseName {
  std::optional<ForbundId> forbund;
  int year = 0;
  int revision = 0;  // From 1.
};
std::string ReleaseNameText(const ReleaseName& release);
absl::StatusOr<ReleaseName> ParseReleaseName(absl::string_view name);

// The scope that a name of any kind lies in: everything for `forbund/-`, the
// förbund, or the insats for what lies below one. INVALID_ARGUMENT with
// NAME_INVALID.
absl::StatusOr<domain::Scope> ScopeOf(absl::string_view name);

// `forbund/-`, `forbund/…` or `forbund/…/insatser/…`; and the inverse,
std::string ScopeName(const domain::Scope& scope);
// NAME_INVALID for other kinds of name.
absl::StatusOr<domain::Scope> ParseScopeName(absl::string_view name);

}  // namespace stegvis::validation

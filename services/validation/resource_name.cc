#include "services/validation/resource_name.h"

#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::validation {
namespace {

constexpr absl::string_view kForbund = "forbund/";
constexpr absl::string_view kGrants = "/grants/";
constexpr absl::string_view kRevision = "-r";

// In the order of domain::Role.
constexpr std::array<absl::string_view, 7> kRoleNames = {
    "forbund_admin", "samordnare", "analyst", "dataskydd",
    "importer",      "national",   "operator"};

// The ids of a name that is `pattern` with an id at each `*`.
using Parts = std::vector<absl::string_view>;
absl::StatusOr<Parts> Match(absl::string_view pattern, absl::string_view name) {
  const Parts wanted = absl::StrSplit(pattern, '/');
  const Parts given = absl::StrSplit(name, '/');
  if (wanted.size() != given.size()) return errors::NameInvalid();
  Parts ids;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "*") {
      ids.push_back(given[i]);
    } else if (wanted[i] != given[i]) {
      return errors::NameInvalid();
    }
  }
  return ids;
}

absl::StatusOr<domain::CountKind> KindNamed(absl::string_view text) {
  if (text == "anonymous") return domain::CountKind::kAnonymous;
  if (text == "volume") return domain::CountKind::kVolume;
  return errors::NameInvalid();
}

absl::string_view KindName(domain::CountKind kind) {
  return kind == domain::CountKind::kAnonymous ? "anonymous" : "volume";
}

// Exactly four digits.
absl::StatusOr<int> YearNamed(absl::string_view text) {
  int year = 0;
  if (text.size() != 4 || !absl::SimpleAtoi(text, &year) || year < 1000) {
    return errors::NameInvalid();
  }
  return year;
}

absl::StatusOr<domain::Role> RoleNamed(absl::string_view text) {
  for (size_t i = 0; i < kRoleNames.size(); ++i) {
    if (kRoleNames[i] == text) return static_cast<domain::Role>(i);
  }
  return errors::NameInvalid();
}

domain::Scope ScopeOfInsats(const InsatsKey& key) {
  return domain::Scope{key.forbund, key.insats};
}

}  // namespace

absl::StatusOr<ForbundId> ParseForbundName(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kForbund)) return errors::NameInvalid();
  return ForbundId::Parse(name);
}

absl::StatusOr<QuestionKey> ParseQuestionName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Match("forbund/*/questions/*", name));
  ASSIGN_OR_RETURN(const ForbundId forbund, ForbundId::Parse(ids[0]));
  ASSIGN_OR_RETURN(const QuestionId question, QuestionId::Parse(ids[1]));
  return QuestionKey{forbund, question};
}

absl::StatusOr<InsatsKey> ParseInsatsName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Match("forbund/*/insatser/*", name));
  ASSIGN_OR_RETURN(const ForbundId forbund, ForbundId::Parse(ids[0]));
  ASSIGN_OR_RETURN(const InsatsId insats, InsatsId::Parse(ids[1]));
  return InsatsKey{forbund, insats};
}

absl::StatusOr<ParticipationKey> ParseParticipationName(
    absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids,
                   Match("forbund/*/insatser/*/participations/*", name));
  ASSIGN_OR_RETURN(const ForbundId forbund, ForbundId::Parse(ids[0]));
  ASSIGN_OR_RETURN(const InsatsId insats, InsatsId::Parse(ids[1]));
  ASSIGN_OR_RETURN(const ParticipationId participation,
                   ParticipationId::Parse(ids[2]));
  return ParticipationKey{forbund, insats, participation};
}

absl::StatusOr<CountKey> ParseCountName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids,
                   Match("forbund/*/insatser/*/counts/*", name));
  ASSIGN_OR_RETURN(const ForbundId forbund, ForbundId::Parse(ids[0]));
  ASSIGN_OR_RETURN(const InsatsId insats, InsatsId::Parse(ids[1]));
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(ids[2], absl::MaxSplits('-', 1));
  ASSIGN_OR_RETURN(const domain::CountKind kind, KindNamed(parts.first));
  ASSIGN_OR_RETURN(const int year, YearNamed(parts.second));
  return CountKey{InsatsKey{forbund, insats}, kind, year};
}

absl::StatusOr<domain::Grant> ParseGrantName(absl::string_view name) {
  // The user comes last, because it alone may hold a slash.
  const size_t at = name.find(kGrants);
  if (at == absl::string_view::npos) return errors::NameInvalid();
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(name.substr(at + kGrants.size()), absl::MaxSplits('/', 1));
  if (parts.second.empty()) return errors::NameInvalid();
  ASSIGN_OR_RETURN(const domain::Scope scope, ScopeOf(name.substr(0, at)));
  ASSIGN_OR_RETURN(const domain::Role role, RoleNamed(parts.first));
  return domain::Grant{std::string(parts.second), role, scope};
}

std::string ForbundName(ForbundId forbund) {
  return absl::StrCat(kForbund, forbund.Text());
}

std::string QuestionName(const QuestionKey& key) {
  return absl::StrCat(kForbund, key.forbund.Text(), "/questions/",
                      key.question.Text());
}

std::string InsatsName(const InsatsKey& key) {
  return absl::StrCat(kForbund, key.forbund.Text(), "/insatser/",
                      key.insats.Text());
}

std::string ParticipationName(const ParticipationKey& key) {
  return NameOf(key);
}

std::string CountName(const InsatsKey& key, domain::CountKind kind, int year) {
  return absl::StrCat(InsatsName(key), "/counts/", KindName(kind), "-", year);
}

std::string GrantName(const domain::Grant& grant) {
  return absl::StrCat(ScopeName(grant.scope), kGrants,
                      kRoleNames[static_cast<size_t>(grant.role)], "/",
                      grant.user);
}

namespace {

constexpr char kAll[] = "-";

// `2020-r1`: the year and the revision.
absl::StatusOr<std::pair<int, int>> ParseRevision(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits(kRevision, 1));
  ASSIGN_OR_RETURN(const int year, YearNamed(parts.first));
  int revision = 0;
  // One way of writing each number alone.
  if (!absl::SimpleAtoi(parts.second, &revision) || revision < 1 ||
      absl::StrCat(revision) != parts.second) {
    return errors::NameInvalid();
  }
  return std::pair(year, revision);
}

}  // namespace

std::string ReportNameText(const ReportName& report) {
  return absl::StrCat(kForbund, report.forbund.Text(), "/reports/", report.year,
                      kRevision, report.revision);
}

absl::StatusOr<ReportName> ParseReportName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Match("forbund/*/reports/*", name));
  ASSIGN_OR_RETURN(const ForbundId forbund, ForbundId::Parse(ids[0]));
  ASSIGN_OR_RETURN(const auto revision, ParseRevision(ids[1]));
  return ReportName{forbund, revision.first, revision.second};
}

std::string ReleaseNameText(const ReleaseName& release) {
  return absl::StrCat(
      kForbund, release.forbund.has_value() ? release.forbund->Text() : kAll,
      "/releases/", release.year, kRevision, release.revision);
}

absl::StatusOr<ReleaseName> ParseReleaseName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Match("forbund/*/releases/*", name));
  ReleaseName release;
  if (ids[0] != kAll) {
    ASSIGN_OR_RETURN(release.forbund, ForbundId::Parse(ids[0]));
  }
  ASSIGN_OR_RETURN(std::tie(release.year, release.revision),
                   ParseRevision(ids[1]));
  return release;
}

absl::StatusOr<domain::Scope> ScopeOf(absl::string_view name) {
  if (name == "forbund/-") return domain::Scope{};
  if (const auto forbund = ParseForbundName(name); forbund.ok()) {
    return domain::Scope{*forbund, std::nullopt};
  }
  if (const auto insats = ParseInsatsName(name); insats.ok()) {
    return ScopeOfInsats(*insats);
  }
  if (const auto key = ParseParticipationName(name); key.ok()) {
    return ScopeOfInsats(InsatsKey{key->forbund, key->insats});
  }
  if (const auto count = ParseCountName(name); count.ok()) {
    return ScopeOfInsats(count->insats);
  }
  if (const auto grant = ParseGrantName(name); grant.ok()) return grant->scope;
  if (const auto report = ParseReportName(name); report.ok()) {
    return domain::Scope{report->forbund, std::nullopt};
  }
  if (const auto release = ParseReleaseName(name); release.ok()) {
    return domain::Scope{release->forbund, std::nullopt};
  }
  ASSIGN_OR_RETURN(const QuestionKey question, ParseQuestionName(name));
  return domain::Scope{question.forbund, std::nullopt};
}

std::string ScopeName(const domain::Scope& scope) {
  if (!scope.forbund.has_value()) return "forbund/-";
  if (!scope.insats.has_value()) return ForbundName(*scope.forbund);
  return InsatsName(InsatsKey{*scope.forbund, *scope.insats});
}

absl::StatusOr<domain::Scope> ParseScopeName(absl::string_view name) {
  ASSIGN_OR_RETURN(const domain::Scope scope, ScopeOf(name));
  if (ScopeName(scope) != name) return errors::NameInvalid();
  return scope;
}

}  // namespace stegvis::validation

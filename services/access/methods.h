// The table of methods: for every RPC, what kind of call it is, which roles may
// make it, and where.
//
// Pure values. Safe from any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/log.h"
#include "services/domain/access.h"

namespace stegvis::access {

// A set of roles. A value.
class Roles {
 public:
  constexpr Roles(std::initializer_list<domain::Role> roles) {
    for (const domain::Role role : roles) bits_ |= Bit(role);
  }
  static constexpr Roles None() { return Roles({}); }

  constexpr bool Contain(domain::Role role) const {
    return (bits_ & Bit(role)) != 0;
  }

 private:
  static constexpr unsigned Bit(domain::Role role) {
    return 1U << static_cast<unsigned>(role);
  }

  unsigned bits_ = 0;
};

// What a call does, and so when it is audited: a read only when it is refused,
// a write in its own commit, a reveal (of persons) before its answer leaves, an
// import row by row.
enum class MethodKind : uint8_t { kRead, kWrite, kReveal, kImport };

// Where the role must hold, against the scope that the request names.
enum class Reach : uint8_t {
  kKnownCaller,  // Nowhere: every known caller may.
  kAnywhere,     // In some scope; the handler shows what lies in those.
  kCovers,       // All of the request's scope.
  kMeets,  // Some of it: who has an insats of a förbund may see its name.
};

// How long the server works on a call at most, whatever the caller allows.
enum class Patience : uint8_t { kQuick, kReport, kStream };
absl::Duration Longest(Patience patience);

struct Method {
  SourceText service;  // `ForbundService`
  SourceText name;     // `CreateForbund`
  MethodKind kind;
  Roles roles;
  Reach reach;
  // The path of the request's field that names the scope, `parent`,
  // `forbund.name`; empty when the request names none.
  absl::string_view scope_field;
  Patience patience = Patience::kQuick;
  // The path of the field whose code is the audit entry's reason, or empty.
  absl::string_view reason_field = "";
  // Who may do it as a migration, everywhere; only for imports.
  Roles migrating = Roles::None();
};

namespace methods {
extern const Method kCreateForbund;
extern const Method kGetForbund;
extern const Method kListForbund;
extern const Method kUpdateForbund;
extern const Method kExportForbund;
extern const Method kCreateQuestion;
extern const Method kListQuestions;
extern const Method kEndQuestion;

extern const Method kCreateInsats;
extern const Method kGetInsats;
extern const Method kListInsatser;
extern const Method kUpdateInsats;
extern const Method kEndInsats;
extern const Method kProposeMethod;
extern const Method kImportInsatser;

extern const Method kRegisterParticipation;
extern const Method kGetParticipation;
extern const Method kListParticipations;
extern const Method kListDueFollowUps;
extern const Method kEndParticipation;
extern const Method kRecordFollowUp;
extern const Method kCorrectParticipation;
extern const Method kAcknowledgeFinding;
extern const Method kImportParticipations;

extern const Method kFindPerson;
extern const Method kRevealPerson;
extern const Method kExtractPerson;

extern const Method kWithdrawConsent;
extern const Method kErasePerson;
extern const Method kListRetentionDue;

extern const Method kSetCount;
extern const Method kListCounts;
extern const Method kImportCounts;

extern const Method kGetOutcomeReport;

extern const Method kPublishRelease;
extern const Method kAnnounceRelease;
extern const Method kListReleases;
extern const Method kGetRelease;
extern const Method kGetReleaseProof;
extern const Method kPreviewSealedReport;
extern const Method kSealReport;
extern const Method kListSealedReports;
extern const Method kGetSealedReport;
extern const Method kCompareSealedReports;
extern const Method kRecomputeSealedReport;
extern const Method kGetSigningKeys;

extern const Method kListCodes;

extern const Method kGrantRole;
extern const Method kRevokeRole;
extern const Method kListGrants;

extern const Method kListAuditEntries;
extern const Method kGetAuditHead;
extern const Method kVerifyAuditLog;

extern const Method kGetStatus;
extern const Method kGetKeyStatus;
extern const Method kRotateKeys;
extern const Method kBackup;
}  // namespace methods

// All of them. A test compares with the services' own descriptors.
const std::vector<const Method*>& AllMethods();

}  // namespace stegvis::access

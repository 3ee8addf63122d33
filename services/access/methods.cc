#include "services/access/methods.h"

namespace stegvis::access {
namespace {

using domain::Role;

constexpr Roles kAnalyst = {Role::kForbundAdmin, Role::kAnalyst,
                            Role::kNational};
constexpr Roles kEveryRole = {
    Role::kForbundAdmin, Role::kSamordnare, Role::kAnalyst, Role::kDataskydd,
    Role::kImporter,     Role::kNational,   Role::kOperator};
constexpr Roles kDataskydd = {Role::kDataskydd};
constexpr Roles kForbundAdmin = {Role::kForbundAdmin};
constexpr Roles kGranting = {Role::kForbundAdmin, Role::kOperator};
constexpr Roles kOperator = {Role::kOperator};
constexpr Roles kProving = {Role::kDataskydd, Role::kOperator};
constexpr Roles kSamordnare = {Role::kSamordnare};
constexpr Roles kSeeingPersons = {Role::kSamordnare, Role::kDataskydd};
constexpr Roles kCounting = {Role::kForbundAdmin, Role::kSamordnare};

}  // namespace

absl::Duration Longest(Patience patience) {
  switch (patience) {
    case Patience::kQuick:
      return absl::Seconds(30);
    case Patience::kReport:
      return absl::Minutes(2);
    case Patience::kStream:
      return absl::Hours(12);
  }
  return absl::ZeroDuration();
}

namespace methods {

constexpr SourceText kForbundService = "ForbundService";
const Method kCreateForbund = {kForbundService,    "CreateForbund",
                               MethodKind::kWrite, kOperator,
                               Reach::kAnywhere,   ""};
const Method kGetForbund = {kForbundService, "GetForbund",  MethodKind::kRead,
                            kEveryRole,      Reach::kMeets, "name"};
const Method kListForbund = {kForbundService,   "ListForbund",
                             MethodKind::kRead, kEveryRole,
                             Reach::kAnywhere,  ""};
const Method kUpdateForbund = {kForbundService,    "UpdateForbund",
                               MethodKind::kWrite, kForbundAdmin,
                               Reach::kCovers,     "forbund.name"};
// Its rows say something about people, if not who they are.
const Method kExportForbund = {
    kForbundService,     "ExportForbund",
    MethodKind::kReveal, {Role::kForbundAdmin, Role::kDataskydd},
    Reach::kCovers,      "name",
    Patience::kStream};
const Method kCreateQuestion = {kForbundService,    "CreateQuestion",
                                MethodKind::kWrite, kForbundAdmin,
                                Reach::kCovers,     "parent"};
const Method kListQuestions = {kForbundService,   "ListQuestions",
                               MethodKind::kRead, kEveryRole,
                               Reach::kMeets,     "parent"};
const Method kEndQuestion = {kForbundService,    "EndQuestion",
                             MethodKind::kWrite, kForbundAdmin,
                             Reach::kCovers,     "name"};

constexpr SourceText kInsatsService = "InsatsService";
const Method kCreateInsats = {kInsatsService,     "CreateInsats",
                              MethodKind::kWrite, kForbundAdmin,
                              Reach::kCovers,     "parent"};
const Method kGetInsats = {kInsatsService, "GetInsats",    MethodKind::kRead,
                           kEveryRole,     Reach::kCovers, "name"};
const Method kListInsatser = {kInsatsService, "ListInsatser", MethodKind::kRead,
                              kEveryRole,     Reach::kMeets,  "parent"};
const Method kUpdateInsats = {kInsatsService,     "UpdateInsats",
                              MethodKind::kWrite, kForbundAdmin,
                              Reach::kCovers,     "insats.name"};
const Method kEndInsats = {kInsatsService, "EndInsats",    MethodKind::kWrite,
                           kForbundAdmin,  Reach::kCovers, "name"};
const Method kProposeMethod = {kInsatsService,      "ProposeMethod",
                               MethodKind::kRead,   Roles::None(),
                               Reach::kKnownCaller, ""};
const Method kImportInsatser = {kInsatsService,
                                "ImportInsatser",
                                MethodKind::kImport,
                                kForbundAdmin,
                                Reach::kAnywhere,
                                "",
                                Patience::kStream,
                                "",
                                kOperator};

constexpr SourceText kParticipationService = "ParticipationService";
const Method kRegisterParticipation = {
    kParticipationService, "RegisterParticipation", MethodKind::kWrite,
    kSamordnare,           Reach::kCovers,          "parent"};
const Method kGetParticipation = {kParticipationService, "GetParticipation",
                                  MethodKind::kRead,     kSamordnare,
                                  Reach::kCovers,        "name"};
const Method kListParticipations = {kParticipationService, "ListParticipations",
                                    MethodKind::kRead,     kSamordnare,
                                    Reach::kCovers,        "parent"};
const Method kListDueFollowUps = {kParticipationService, "ListDueFollowUps",
                                  MethodKind::kRead,     kSamordnare,
                                  Reach::kCovers,        "parent"};
const Method kEndParticipation = {kParticipationService, "EndParticipation",
                                  MethodKind::kWrite,    kSamordnare,
                                  Reach::kCovers,        "name"};
const Method kRecordFollowUp = {kParticipationService, "RecordFollowUp",
                                MethodKind::kWrite,    kSamordnare,
                                Reach::kCovers,        "name"};
const Method kCorrectParticipation = {
    kParticipationService, "CorrectParticipation",
    MethodKind::kWrite,    kSamordnare,
    Reach::kCovers,        "name",
    Patience::kQuick,      "reason"};
const Method kAcknowledgeFinding = {kParticipationService, "AcknowledgeFinding",
                                    MethodKind::kWrite,    kSamordnare,
                                    Reach::kCovers,        "name"};
const Method kImportParticipations = {kParticipationService,
                                      "ImportParticipations",
                                      MethodKind::kImport,
                                      {Role::kImporter, Role::kSamordnare},
                                      Reach::kAnywhere,
                                      "",
                                      Patience::kStream,
                                      "",
                                      kOperator};

constexpr SourceText kPersonService = "PersonService";
const Method kFindPerson = {kPersonService, "FindPerson",  MethodKind::kReveal,
                            kSeeingPersons, Reach::kMeets, "parent"};
const Method kRevealPerson = {
    kPersonService, "RevealPerson", MethodKind::kReveal, kSeeingPersons,
    Reach::kCovers, "name",         Patience::kQuick,    "purpose"};

const Method kExtractPerson = {
    kPersonService, "ExtractPerson", MethodKind::kReveal, kDataskydd,
    Reach::kCovers, "parent",        Patience::kReport};

constexpr SourceText kErasureService = "ErasureService";
const Method kWithdrawConsent = {kErasureService,    "WithdrawConsent",
                                 MethodKind::kWrite, kSeeingPersons,
                                 Reach::kCovers,     "name"};
// The handler knows the reason: a samordnare erases for one alone.
const Method kErasePerson = {
    kErasureService, "ErasePerson", MethodKind::kWrite, kSeeingPersons,
    Reach::kCovers,  "name",        Patience::kQuick,   "reason"};
const Method kListRetentionDue = {
    kErasureService, "ListRetentionDue", MethodKind::kRead, kDataskydd,
    Reach::kCovers,  "parent",           Patience::kReport};

constexpr SourceText kCountService = "CountService";
// A samordnare sets anonymous counts only: the handler knows the kind.
const Method kSetCount = {kCountService, "SetCount",     MethodKind::kWrite,
                          kCounting,     Reach::kCovers, "parent"};
const Method kListCounts = {kCountService, "ListCounts",   MethodKind::kRead,
                            kCounting,     Reach::kCovers, "parent"};
const Method kImportCounts = {
    kCountService,
    "ImportCounts",
    MethodKind::kImport,
    {Role::kForbundAdmin, Role::kImporter, Role::kSamordnare},
    Reach::kAnywhere,
    "",
    Patience::kStream,
    "",
    kOperator};

const Method kGetOutcomeReport = {
    "OutcomeService", "GetOutcomeReport", MethodKind::kRead, kAnalyst,
    Reach::kCovers,   "forbund",          Patience::kReport};

constexpr SourceText kPublicationService = "PublicationService";
// The handler asks more of who lets something out: it is audited like a reveal.
const Method kPublishRelease = {
    kPublicationService, "PublishRelease",
    MethodKind::kReveal, {Role::kForbundAdmin, Role::kNational},
    Reach::kCovers,      "parent",
    Patience::kStream};
// Of what everybody may see then.
const Method kAnnounceRelease = {
    kPublicationService, "AnnounceRelease",
    MethodKind::kWrite,  {Role::kForbundAdmin, Role::kNational},
    Reach::kCovers,      "parent"};
// Everybody may see what is out.
const Method kListReleases = {kPublicationService, "ListReleases",
                              MethodKind::kRead,   Roles::None(),
                              Reach::kKnownCaller, ""};
const Method kGetRelease = {kPublicationService, "GetRelease",
                            MethodKind::kRead,   Roles::None(),
                            Reach::kKnownCaller, ""};
const Method kGetReleaseProof = {
    kPublicationService, "GetReleaseProof",
    MethodKind::kRead,   {Role::kForbundAdmin, Role::kNational},
    Reach::kCovers,      "name",
    Patience::kReport};

constexpr SourceText kSealedReportService = "SealedReportService";
const Method kPreviewSealedReport = {
    kSealedReportService, "PreviewSealedReport", MethodKind::kRead,
    kForbundAdmin,        Reach::kCovers,        "forbund",
    Patience::kReport};
const Method kSealReport = {
    kSealedReportService, "SealReport", MethodKind::kWrite, kForbundAdmin,
    Reach::kCovers,       "forbund",    Patience::kReport};
// The handler shows those of the förbund whose reports the caller may read.
const Method kListSealedReports = {kSealedReportService, "ListSealedReports",
                                   MethodKind::kRead,    kAnalyst,
                                   Reach::kMeets,        "parent"};
const Method kGetSealedReport = {kSealedReportService, "GetSealedReport",
                                 MethodKind::kRead,    kAnalyst,
                                 Reach::kCovers,       "name"};
// What moved a figure is for the förbund's own staff.
const Method kCompareSealedReports = {
    kSealedReportService, "CompareSealedReports",
    MethodKind::kRead,    {Role::kForbundAdmin, Role::kAnalyst},
    Reach::kCovers,       "name",
    Patience::kReport};
const Method kRecomputeSealedReport = {
    kSealedReportService, "RecomputeSealedReport",
    MethodKind::kRead,    kAnalyst,
    Reach::kCovers,       "name",
    Patience::kReport};
const Method kGetSigningKeys = {
    kSealedReportService,
    "GetSigningKeys",
    MethodKind::kRead,
    {Role::kForbundAdmin, Role::kAnalyst, Role::kDataskydd, Role::kNational,
     Role::kOperator},
    Reach::kCovers,
    "forbund"};

const Method kListCodes = {"CodeListService",   "ListCodes",
                           MethodKind::kRead,   Roles::None(),
                           Reach::kKnownCaller, ""};

constexpr SourceText kAccessService = "AccessService";
// The handler knows the role that is granted: a forbund_admin grants neither
// operator nor national.
const Method kGrantRole = {kAccessService, "GrantRole",    MethodKind::kWrite,
                           kGranting,      Reach::kCovers, "grant.scope"};
const Method kRevokeRole = {kAccessService, "RevokeRole",   MethodKind::kWrite,
                            kGranting,      Reach::kCovers, "grant.scope"};
const Method kListGrants = {kAccessService, "ListGrants",     MethodKind::kRead,
                            kGranting,      Reach::kAnywhere, ""};

constexpr SourceText kAuditService = "AuditService";
const Method kListAuditEntries = {
    kAuditService,  "ListAuditEntries", MethodKind::kRead, {Role::kDataskydd},
    Reach::kCovers, "parent",           Patience::kReport};
// Heads and proofs say nothing of what was done.
const Method kGetAuditHead = {kAuditService, "GetAuditHead", MethodKind::kRead,
                              kProving,      Reach::kCovers, "scope"};
const Method kVerifyAuditLog = {
    kAuditService,  "VerifyAuditLog", MethodKind::kRead, kProving,
    Reach::kCovers, "scope",          Patience::kReport};

constexpr SourceText kAdminService = "AdminService";
const Method kGetStatus = {kAdminService, "GetStatus",      MethodKind::kRead,
                           kOperator,     Reach::kAnywhere, ""};
const Method kGetKeyStatus = {kAdminService,     "GetKeyStatus",
                              MethodKind::kRead, kOperator,
                              Reach::kAnywhere,  ""};
const Method kRotateKeys = {kAdminService, "RotateKeys",     MethodKind::kWrite,
                            kOperator,     Reach::kAnywhere, ""};
// Everything leaves, if sealed: who took it is to be known.
const Method kBackup = {kAdminService,    "Backup",         MethodKind::kReveal,
                        kOperator,        Reach::kAnywhere, "",
                        Patience::kStream};

}  // namespace methods

const std::vector<const Method*>& AllMethods() {
  using namespace methods;  // NOLINT(google-build-using-namespace): the table.
  static const auto& all =
      *new std::vector<const Method*>{&kCreateForbund,
                                      &kGetForbund,
                                      &kListForbund,
                                      &kUpdateForbund,
                                      &kExportForbund,
                                      &kCreateQuestion,
                                      &kListQuestions,
                                      &kEndQuestion,
                                      &kCreateInsats,
                                      &kGetInsats,
                                      &kListInsatser,
                                      &kUpdateInsats,
                                      &kEndInsats,
                                      &kProposeMethod,
                                      &kImportInsatser,
                                      &kRegisterParticipation,
                                      &kGetParticipation,
                                      &kListParticipations,
                                      &kListDueFollowUps,
                                      &kEndParticipation,
                                      &kRecordFollowUp,
                                      &kCorrectParticipation,
                                      &kAcknowledgeFinding,
                                      &kImportParticipations,
                                      &kFindPerson,
                                      &kRevealPerson,
                                      &kExtractPerson,
                                      &kWithdrawConsent,
                                      &kErasePerson,
                                      &kListRetentionDue,
                                      &kSetCount,
                                      &kListCounts,
                                      &kImportCounts,
                                      &kGetOutcomeReport,
                                      &kPublishRelease,
                                      &kAnnounceRelease,
                                      &kListReleases,
                                      &kGetRelease,
                                      &kGetReleaseProof,
                                      &kPreviewSealedReport,
                                      &kSealReport,
                                      &kListSealedReports,
                                      &kGetSealedReport,
                                      &kCompareSealedReports,
                                      &kRecomputeSealedReport,
                                      &kGetSigningKeys,
                                      &kListCodes,
                                      &kGrantRole,
                                      &kRevokeRole,
                                      &kListGrants,
                                      &kListAuditEntries,
                                      &kGetAuditHead,
                                      &kVerifyAuditLog,
                                      &kGetStatus,
                                      &kGetKeyStatus,
                                      &kRotateKeys,
                                      &kBackup};
  return all;
}

}  // namespace stegvis::access

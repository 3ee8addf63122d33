#include "services/access/policy.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/validation/resource_name.h"
#include "stegvis/v1/access.pb.h"
#include "stegvis/v1/admin.pb.h"
#include "stegvis/v1/audit.pb.h"
#include "stegvis/v1/code_list.pb.h"
#include "stegvis/v1/count.pb.h"
#include "stegvis/v1/erasure.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "stegvis/v1/kept_witnesses.pb.h"
#include "stegvis/v1/outcome.pb.h"
#include "stegvis/v1/participation.pb.h"
#include "stegvis/v1/person.pb.h"
#include "stegvis/v1/publication.pb.h"
#include "stegvis/v1/reasons.pb.h"
#include "stegvis/v1/sealed_report.pb.h"
#include "tests/support/status_matchers.h"

namespace stegvis::access {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

using domain::Role;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kForbund[] = "forbund/01890000-0000-7000-8000-000000000001";
constexpr char kInsats[] =
    "forbund/01890000-0000-7000-8000-000000000001"
    "/insatser/01890000-0000-7000-8000-00000000000a";
constexpr char kOtherInsats[] =
    "forbund/01890000-0000-7000-8000-000000000001"
    "/insatser/01890000-0000-7000-8000-00000000000b";
constexpr char kOtherForbund[] = "forbund/01890000-0000-7000-8000-000000000002";
constexpr char kInsatsElsewhere[] =
    "forbund/01890000-0000-7000-8000-000000000002"
    "/insatser/01890000-0000-7000-8000-00000000000c";

enum class Level { kNothing, kAForbund, kAnInsats };

// Who may, where the role is theirs: F forbund_admin, S samordnare, A analyst,
// D dataskydd, I importer, N national, O operator.
struct Expected {
  std::string rpc;
  Level level;  // What the request names.
  std::string allowed;
  std::string migrating;
};

constexpr char kAll[] = "FSADINO";

const std::vector<Expected>& Matrix() {
  static const auto& matrix = *new std::vector<Expected>{
      {"ForbundService.CreateForbund", Level::kNothing, "O", ""},
      {"ForbundService.GetForbund", Level::kAForbund, kAll, ""},
      {"ForbundService.ListForbund", Level::kNothing, kAll, ""},
      {"ForbundService.UpdateForbund", Level::kAForbund, "F", ""},
      {"ForbundService.ExportForbund", Level::kAForbund, "FD", ""},
      {"ForbundService.CreateQuestion", Level::kAForbund, "F", ""},
      {"ForbundService.ListQuestions", Level::kAForbund, kAll, ""},
      {"ForbundService.EndQuestion", Level::kAForbund, "F", ""},
      {"InsatsService.CreateInsats", Level::kAForbund, "F", ""},
      {"InsatsService.GetInsats", Level::kAnInsats, kAll, ""},
      {"InsatsService.ListInsatser", Level::kAForbund, kAll, ""},
      {"InsatsService.UpdateInsats", Level::kAnInsats, "F", ""},
      {"InsatsService.EndInsats", Level::kAnInsats, "F", ""},
      {"InsatsService.ProposeMethod", Level::kNothing, kAll, ""},
      {"InsatsService.ImportInsatser", Level::kNothing, "F", "O"},
      {"ParticipationService.RegisterParticipation", Level::kAnInsats, "S", ""},
      {"ParticipationService.GetParticipation", Level::kAnInsats, "S", ""},
      {"ParticipationService.ListParticipations", Level::kAnInsats, "S", ""},
      {"ParticipationService.ListDueFollowUps", Level::kAnInsats, "S", ""},
      {"ParticipationService.EndParticipation", Level::kAnInsats, "S", ""},
      {"ParticipationService.RecordFollowUp", Level::kAnInsats, "S", ""},
      {"ParticipationService.CorrectParticipation", Level::kAnInsats, "S", ""},
      {"ParticipationService.AcknowledgeFinding", Level::kAnInsats, "S", ""},
      {"ParticipationService.ImportParticipations", Level::kNothing, "SI", "O"},
      {"PersonService.FindPerson", Level::kAForbund, "SD", ""},
      {"PersonService.RevealPerson", Level::kAnInsats, "SD", ""},
      {"PersonService.ExtractPerson", Level::kAForbund, "D", ""},
      {"ErasureService.WithdrawConsent", Level::kAnInsats, "SD", ""},
      {"ErasureService.ErasePerson", Level::kAnInsats, "SD", ""},
      {"ErasureService.ListRetentionDue", Level::kAForbund, "D", ""},
      {"CountService.SetCount", Level::kAnInsats, "FS", ""},
      {"CountService.ListCounts", Level::kAnInsats, "FS", ""},
      {"CountService.ImportCounts", Level::kNothing, "FSI", "O"},
      {"OutcomeService.GetOutcomeReport", Level::kAForbund, "FAN", ""},
      {"PublicationService.PublishRelease", Level::kAForbund, "FN", ""},
      {"PublicationService.AnnounceRelease", Level::kAForbund, "FN", ""},
      {"PublicationService.ListReleases", Level::kNothing, kAll, ""},
      {"PublicationService.GetRelease", Level::kNothing, kAll, ""},
      {"PublicationService.GetReleaseProof", Level::kAForbund, "FN", ""},
      {"SealedReportService.PreviewSealedReport", Level::kAForbund, "F", ""},
      {"SealedReportService.SealReport", Level::kAForbund, "F", ""},
      {"SealedReportService.ListSealedReports", Level::kAForbund, "FAN", ""},
      {"SealedReportService.GetSealedReport", Level::kAForbund, "FAN", ""},
      {"SealedReportService.CompareSealedReports", Level::kAForbund, "FA", ""},
      {"SealedReportService.RecomputeSealedReport", Level::kAForbund, "FAN",
       ""},
      {"SealedReportService.GetSigningKeys", Level::kAForbund, "FADNO", ""},
      {"CodeListService.ListCodes", Level::kNothing, kAll, ""},
      {"AccessService.GrantRole", Level::kAForbund, "FO", ""},
      {"AccessService.RevokeRole", Level::kAForbund, "FO", ""},
      {"AccessService.ListGrants", Level::kNothing, "FO", ""},
      {"AuditService.ListAuditEntries", Level::kAForbund, "D", ""},
      {"AuditService.GetAuditHead", Level::kAForbund, "DO", ""},
      {"AuditService.VerifyAuditLog", Level::kAForbund, "DO", ""},
      {"AdminService.GetStatus", Level::kNothing, "O", ""},
      {"AdminService.GetKeyStatus", Level::kNothing, "O", ""},
      {"AdminService.RotateKeys", Level::kNothing, "O", ""},
      {"AdminService.Backup", Level::kNothing, "O", ""},
  };
  return matrix;
}

// Keeps the linker from leaving a file's descriptors out.
void TouchDescriptors() {
  v1::GrantRoleRequest::descriptor();
  v1::GetAuditHeadRequest::descriptor();
  v1::GetStatusRequest::descriptor();
  v1::ListCodesRequest::descriptor();
  v1::SetCountRequest::descriptor();
  v1::ErasePersonRequest::descriptor();
  v1::GetForbundRequest::descriptor();
  v1::GetInsatsRequest::descriptor();
  v1::WitnessesBeside::descriptor();
  v1::GetOutcomeReportRequest::descriptor();
  v1::GetParticipationRequest::descriptor();
  v1::GetReleaseRequest::descriptor();
  v1::GetSealedReportRequest::descriptor();
  v1::FindPersonRequest::descriptor();
  v1::Reason_descriptor();
}

// Every RPC of every proto file that there is.
std::vector<const MethodDescriptor*> EveryRpc() {
  TouchDescriptors();
  std::vector<const MethodDescriptor*> rpcs;
  for (const auto& entry : std::filesystem::directory_iterator(
           STEGVIS_SOURCE_DIR "/proto/stegvis/v1")) {
    const FileDescriptor* file =
        DescriptorPool::generated_pool()->FindFileByName(
            absl::StrCat("stegvis/v1/", entry.path().filename().string()));
    if (file == nullptr) {
      ADD_FAILURE() << entry.path() << " is not linked into this test";
      continue;
    }
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        rpcs.push_back(file->service(i)->method(j));
      }
    }
  }
  return rpcs;
}

std::string NameOf(const Method& method) {
  return absl::StrCat(method.service.Text(), ".", method.name.Text());
}
std::string NameOf(const MethodDescriptor& rpc) {
  return absl::StrCat(rpc.service()->name(), ".", rpc.name());
}

const Method& MethodNamed(const std::string& name) {
  for (const Method* method : AllMethods()) {
    if (NameOf(*method) == name) return *method;
  }
  ADD_FAILURE() << "no entry for " << name;
  return *AllMethods().front();
}

void SetText(Message& message, absl::string_view path,
             const std::string& text) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(
      std::string(path.substr(0, dot)));
  if (dot != absl::string_view::npos) {
    SetText(*message.GetReflection()->MutableMessage(&message, field),
            path.substr(dot + 1), text);
  } else if (field->is_repeated()) {
    message.GetReflection()->AddString(&message, field, text);
  } else {
    message.GetReflection()->SetString(&message, field, text);
  }
}

std::unique_ptr<Message> RequestAbout(const Method& method,
                                      const std::string& name) {
  const MethodDescriptor* rpc =
      DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrCat("stegvis.v1.", NameOf(method)));
  std::unique_ptr<Message> request(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(rpc->input_type())
          ->New());
  if (!method.scope_field.empty()) {
    SetText(*request, method.scope_field, name);
  }
  return request;
}

struct RoleLetter {
  char letter;
  Role role;
  const char* scope;
};
constexpr RoleLetter kRoles[] = {
    {'F', Role::kForbundAdmin, kForbund}, {'S', Role::kSamordnare, kInsats},
    {'A', Role::kAnalyst, kForbund},      {'D', Role::kDataskydd, kForbund},
    {'I', Role::kImporter, kForbund},     {'N', Role::kNational, "forbund/-"},
    {'O', Role::kOperator, "forbund/-"},
};

Caller CallerWith(Role role, const char* scope) {
  return {"someone", {{"someone", role, *validation::ScopeOf(scope)}}};
}

absl::Status PermitAbout(const Caller& caller, const Method& method,
                         const std::string& name) {
  const absl::StatusOr<Target> target =
      TargetOf(method, *RequestAbout(method, name));
  EXPECT_THAT(target, IsOk());
  return Permit(caller, method, target->scopes);
}

// The letters of the roles that may.
std::string Allowed(const Method& method, const std::string& name) {
  std::string letters;
  for (const RoleLetter& role : kRoles) {
    const Caller caller = CallerWith(role.role, role.scope);
    const absl::Status permitted = method.kind == MethodKind::kImport
                                       ? PermitImport(caller, method, false)
                                       : PermitAbout(caller, method, name);
    if (permitted.ok()) letters += role.letter;
  }
  return letters;
}

TEST(Methods, HaveOneEntryForEveryRpcAndNoOther) {
  std::set<std::string> entries, rpcs, expected;
  for (const Method* method : AllMethods()) entries.insert(NameOf(*method));
  for (const MethodDescriptor* rpc : EveryRpc()) rpcs.insert(NameOf(*rpc));
  for (const Expected& row : Matrix()) expected.insert(row.rpc);

  EXPECT_EQ(entries, rpcs);
  EXPECT_EQ(expected, rpcs);
  EXPECT_EQ(entries.size(), AllMethods().size());
}

TEST(Methods, NameFieldsThatTheRequestHas) {
  for (const Method* method : AllMethods()) {
    const std::unique_ptr<Message> request = RequestAbout(*method, kForbund);
    if (!method->scope_field.empty()) {
      EXPECT_EQ(TextAt(*request, method->scope_field), kForbund);
    }
    if (!method->reason_field.empty()) {
      SetText(*request, method->reason_field, "code");
      EXPECT_EQ(TextAt(*request, method->reason_field), "code");
    }
  }
}

TEST(Methods, ThatChangeSomethingTakeARequestId) {
  for (const MethodDescriptor* rpc : EveryRpc()) {
    const bool has_id =
        rpc->input_type()->FindFieldByName("request_id") != nullptr;
    EXPECT_EQ(MethodNamed(NameOf(*rpc)).kind == MethodKind::kWrite, has_id)
        << NameOf(*rpc);
  }
}

TEST(Policy, PermitsExactlyTheRolesOfTheMatrixWhereTheyHold) {
  for (const Expected& row : Matrix()) {
    const char* name = row.level == Level::kAnInsats ? kInsats : kForbund;
    EXPECT_EQ(Allowed(MethodNamed(row.rpc), name), row.allowed) << row.rpc;
  }
}

TEST(Policy, PermitsNothingInAnotherForbundButToRolesOfTheWhole) {
  for (const Expected& row : Matrix()) {
    if (row.level == Level::kNothing) continue;
    std::string expected;
    for (const char letter : row.allowed) {
      if (letter == 'N' || letter == 'O') expected += letter;
    }
    const char* name =
        row.level == Level::kAnInsats ? kInsatsElsewhere : kOtherForbund;
    EXPECT_EQ(Allowed(MethodNamed(row.rpc), name), expected) << row.rpc;
  }
}

TEST(Policy, PermitsASamordnareNothingInAnotherInsats) {
  const Caller samordnare = CallerWith(Role::kSamordnare, kInsats);
  for (const Expected& row : Matrix()) {
    if (row.level != Level::kAnInsats) continue;
    EXPECT_THAT(PermitAbout(samordnare, MethodNamed(row.rpc), kOtherInsats),
                HasReason("NOT_PERMITTED"))
        << row.rpc;
  }
}

TEST(Policy, PermitsMigrationToTheRolesOfTheMatrix) {
  for (const Expected& row : Matrix()) {
    const Method& method = MethodNamed(row.rpc);
    if (method.kind != MethodKind::kImport) continue;
    std::string letters;
    for (const RoleLetter& role : kRoles) {
      const Caller caller = CallerWith(role.role, role.scope);
      if (PermitImport(caller, method, /*migrate=*/true).ok()) {
        letters += role.letter;
      }
    }
    EXPECT_EQ(letters, row.migrating) << row.rpc;
  }
}

TEST(Policy, PermitsACallerWithoutRolesOnlyWhatIsNobodysSecret) {
  const Caller known = {"someone", {}};
  for (const Method* method : AllMethods()) {
    const bool open = method->reach == Reach::kKnownCaller;
    EXPECT_EQ(Permit(known, *method, {}).ok(), open) << NameOf(*method);
  }
}

TEST(Policy, AsksForARoleInEveryForbundOfAReport) {
  const Caller analyst = CallerWith(Role::kAnalyst, kForbund);
  v1::GetOutcomeReportRequest request;
  request.add_forbund(kForbund);
  request.add_forbund(kOtherForbund);

  const absl::StatusOr<Target> target =
      TargetOf(methods::kGetOutcomeReport, request);

  ASSERT_THAT(target, IsOk());
  EXPECT_THAT(Permit(analyst, methods::kGetOutcomeReport, target->scopes),
              HasReason("NOT_PERMITTED"));
}

TEST(TargetOf, NamesTheFieldThatIsNoName) {
  v1::UpdateForbundRequest request;
  request.mutable_forbund()->set_name("förbundet");

  EXPECT_THAT(TargetOf(methods::kUpdateForbund, request),
              HasFault("forbund.name", "NAME_INVALID"));
}

}  // namespace
}  // namespace stegvis::access

#include "services/offline/init.h"

#include <array>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "services/domain/access.h"
#include "services/offline/certificates.h"
#include "services/offline/files.h"
#include "services/validation/resource_name.h"
#include "storage/seal/key_source.h"
#include "storage/store/open.h"

namespace stegvis::offline {
namespace {

using domain::Role;

// Who did what an installation begins with, in its audit log.
constexpr char kInitUser[] = "init";

constexpr char kConfiguration[] =
    R"(# The settings of stegvisd. Paths are relative to this file.
listen = "127.0.0.1:%d"
key_source = "key-source"

[storage]
path = "data"

[tls]
ca = "tls/ca.pem"
cert = "tls/server.pem"
key = "tls/server.key"

[log]
requests = true
)";

constexpr char kProfile[] =
    R"(# How the command stegvis reaches the server as %2$s.
address = "127.0.0.1:%1$d"
ca = "../tls/ca.pem"
cert = "../tls/%2$s.pem"
key = "../tls/%2$s.key"
)";

struct Profile {
  const char* user;
  std::vector<Role> roles;  // Everywhere.
};

const std::array<Profile, 5>& Profiles() {
  static const auto& profiles = *new std::array<Profile, 5>{{
      {"admin", {Role::kOperator, Role::kForbundAdmin}},
      {"import", {Role::kImporter}},
      {"samordnare", {}},
      {"dataskydd", {Role::kDataskydd}},
      {"national", {Role::kNational}},
  }};
  return profiles;
}

absl::StatusOr<std::optional<domain::Forbund>> ForbundOf(
    const InitRequest& request, const Clock& clock) {
  std::optional<domain::Forbund> made;
  if (!request.forbund.has_value()) return made;
  IdSource ids;
  made = domain::Forbund{ids.Make<ForbundId>(clock.Now()),
                         request.forbund->display_name,
                         request.forbund->organization_number,
                         request.forbund->start,
                         std::nullopt,
                         "",
                         "",
                         {},
                         {}};
  RETURN_IF_ERROR(domain::CheckForbund(*made));
  return made;
}

absl::Status WritePair(const NewFolder& folder, absl::string_view name,
                       const CertifiedKey& pair) {
  RETURN_IF_ERROR(WriteNewFile(folder.Path(absl::StrCat("tls/", name, ".pem")),
                               pair.certificate));
  return WriteNewFile(folder.Path(absl::StrCat("tls/", name, ".key")),
                      pair.private_key);
}

absl::Status WriteCertificates(const NewFolder& folder, absl::Time now) {
  RETURN_IF_ERROR(MakeFolder(folder.Path("tls")));
  ASSIGN_OR_RETURN(const CertificateAuthority authority,
                   CertificateAuthority::Create(now));
  RETURN_IF_ERROR(WritePair(folder, "ca", authority.Own()));
  ASSIGN_OR_RETURN(const CertifiedKey server, authority.IssueServer(now));
  RETURN_IF_ERROR(WritePair(folder, "server", server));
  for (const Profile& profile : Profiles()) {
    ASSIGN_OR_RETURN(const CertifiedKey client,
                     authority.IssueClient(profile.user, now));
    RETURN_IF_ERROR(WritePair(folder, profile.user, client));
  }
  return SyncFolder(folder.Path("tls"));
}

absl::Status WriteSettings(const NewFolder& folder, int port) {
  RETURN_IF_ERROR(WriteNewFile(folder.Path("stegvis.toml"),
                               absl::StrFormat(kConfiguration, port)));
  RETURN_IF_ERROR(MakeFolder(folder.Path("profiles")));
  for (const Profile& profile : Profiles()) {
    RETURN_IF_ERROR(WriteNewFile(
        folder.Path(absl::StrCat("profiles/", profile.user, ".toml")),
        absl::StrFormat(kProfile, port, profile.user)));
  }
  return SyncFolder(folder.Path("profiles"));
}

absl::Status Audit(storage::WriteTransaction& tx, absl::string_view method,
                   std::optional<ForbundId> forbund,
                   const std::string& resource) {
  storage::AuditEntry entry;
  entry.forbund = forbund;
  entry.user = kInitUser;
  entry.method = std::string(method);
  entry.resource = resource;
  return tx.AppendAudit(entry);
}

absl::Status PutGrants(storage::WriteTransaction& tx) {
  for (const Profile& profile : Profiles()) {
    for (const Role role : profile.roles) {
      const domain::Grant grant = {profile.user, role, domain::Scope{}};
      RETURN_IF_ERROR(tx.PutGrant(grant).status());
      RETURN_IF_ERROR(
          Audit(tx, "GrantRole", std::nullopt, validation::GrantName(grant)));
    }
  }
  return absl::OkStatus();
}

absl::Status PutForbund(storage::WriteTransaction& tx,
                        const domain::Forbund& forbund) {
  RETURN_IF_ERROR(tx.PutForbund(forbund).status());
  return Audit(tx, "CreateForbund", forbund.id,
               validation::ForbundName(forbund.id));
}

absl::Status WriteDatabase(const NewFolder& folder,
                           const std::optional<domain::Forbund>& forbund,
                           const Clock& clock) {
  RETURN_IF_ERROR(MakeFolder(folder.Path("data")));
  RETURN_IF_ERROR(WriteNewFile(folder.Path("data/erasures.log"), ""));
  storage::StoreOptions options;
  options.data_directory = folder.Path("data");
  options.key_source = folder.Path("key-source");
  options.create = true;
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Store> store,
                   storage::OpenStore(options, clock));
  absl::Status written =
      store->WriteAndWait([&](storage::WriteTransaction& tx) -> absl::Status {
        RETURN_IF_ERROR(PutGrants(tx));
        return forbund.has_value() ? PutForbund(tx, *forbund)
                                   : absl::OkStatus();
      });
  store->Stop();
  return written;
}

}  // namespace

absl::Status Init(const InitRequest& request, const Clock& clock) {
  ASSIGN_OR_RETURN(const std::optional<domain::Forbund> forbund,
                   ForbundOf(request, clock));
  ASSIGN_OR_RETURN(NewFolder folder, NewFolder::Make(request.folder));
  RETURN_IF_ERROR(seal::KeySource::Create(folder.Path("key-source")));
  RETURN_IF_ERROR(WriteCertificates(folder, clock.Now()));
  RETURN_IF_ERROR(WriteDatabase(folder, forbund, clock));
  RETURN_IF_ERROR(WriteSettings(folder, request.port));
  RETURN_IF_ERROR(SyncFolder(folder.Path("")));
  folder.Keep();
  return absl::OkStatus();
}

}  // namespace stegvis::offline

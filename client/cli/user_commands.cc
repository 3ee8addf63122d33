#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/paging.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "client/cli/words.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/access.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::AccessService;

constexpr char kEveryForbund[] = "forbund/-";

struct UserOptions {
  std::string user, role, forbund, insats;
  std::string format;
};

absl::StatusOr<std::string> ScopeOf(const UserOptions& options,
                                    Session& session) {
  if (!options.insats.empty()) {
    return InsatsNameOf(options.forbund, options.insats, session);
  }
  if (options.role == "operator" || options.role == "national" ||
      options.forbund == "alla") {
    return std::string(kEveryForbund);
  }
  if (options.role == "samordnare") {
    return WrongUsage("En samordnare hör till en insats. Ange --insats NAMN.");
  }
  if (options.forbund.empty()) {
    return WrongUsage("Ange --forbund NAMN, eller --forbund alla.");
  }
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->FindForbund(options.forbund));
  return forbund->name();
}

absl::StatusOr<v1::Grant> GrantOf(const UserOptions& options,
                                  Session& session) {
  v1::Grant grant;
  grant.set_user(options.user);
  grant.set_role(RoleOf(options.role));
  ASSIGN_OR_RETURN(const std::string scope, ScopeOf(options, session));
  grant.set_scope(scope);
  return grant;
}

std::string ScopeText(const std::string& scope, Directory& names) {
  if (scope == kEveryForbund) return "alla förbund";
  const size_t insats = scope.find("/insatser/");
  std::string forbund = names.ForbundTitle(scope.substr(0, insats));
  if (insats == std::string::npos) return forbund;
  return absl::StrCat(forbund, ": ", names.InsatsTitle(scope));
}

absl::Status GrantRole(const UserOptions& options, Session& session) {
  v1::GrantRoleRequest request;
  ASSIGN_OR_RETURN(*request.mutable_grant(), GrantOf(options, session));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Grant granted,
                   session.Call(&AccessService::Stub::GrantRole, request));
  if (options.format == "json") {
    std::cout << JsonText(granted);
    return absl::OkStatus();
  }
  std::cout << Printable(granted.user()) << " är nu "
            << RoleWord(granted.role()) << ".\n";
  return absl::OkStatus();
}

absl::Status RevokeRole(const UserOptions& options, Session& session) {
  v1::RevokeRoleRequest request;
  ASSIGN_OR_RETURN(*request.mutable_grant(), GrantOf(options, session));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  if (!session.Confirm(absl::StrCat(
          "Ta bort rollen ", options.role, " från ", Printable(options.user),
          " för ", ScopeText(request.grant().scope(), *names), "?"))) {
    return Complaint("Inget är ändrat.");
  }
  ASSIGN_OR_RETURN(const v1::RevokeRoleResponse revoked,
                   session.Call(&AccessService::Stub::RevokeRole, request));
  if (options.format == "json") {
    std::cout << JsonText(revoked);
    return absl::OkStatus();
  }
  std::cout << Printable(options.user) << " är inte längre " << options.role
            << ".\n";
  return absl::OkStatus();
}

absl::Status List(const UserOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  ASSIGN_OR_RETURN(const v1::ListGrantsResponse all,
                   AllPages(*connection, &AccessService::Stub::ListGrants,
                            v1::ListGrantsRequest()));
  if (options.format == "json") {
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  TextTable table({{"användare"}, {"roll"}, {"gäller"}, {"sedan"}});
  for (const v1::Grant& grant : all.grants()) {
    table.AddRow({grant.user(), RoleWord(grant.role()),
                  ScopeText(grant.scope(), *names),
                  SwedishTime(grant.create_time())});
  }
  std::cout << (table.Empty() ? "Inga roller att visa.\n" : table.Text());
  return absl::OkStatus();
}

using Run = absl::Status (*)(const UserOptions&, Session&);

void AddChange(CommandTable& table, CLI::App& group, const char* name,
               const char* help, Run run) {
  auto options = std::make_shared<UserOptions>();
  CLI::App& app = table.Command(
      group, name, help,
      absl::StrCat("stegvis user ", name,
                   " --user anna --role samordnare --forbund 222000-1230 "
                   "--insats \"Team Framåt\""),
      [options, run](Session& session) { return run(*options, session); });
  app.add_option("--user", options->user, "Namnet i användarens certifikat")
      ->type_name("NAMN")
      ->required();
  app.add_option("--role", options->role,
                 "Rollen: forbund_admin, samordnare, analyst, dataskydd,\n"
                 "importer, national eller operator")
      ->type_name("ROLL")
      ->check(OneOf({"forbund_admin", "samordnare", "analyst", "dataskydd",
                     "importer", "national", "operator"}))
      ->required();
  app.add_option("--forbund", options->forbund,
                 "Förbundet, eller alla (också senare)")
      ->type_name("NAMN");
  app.add_option("--insats", options->insats, "Insatsen, för en samordnare")
      ->type_name("NAMN");
  AddFormat(app, options->format);
}

}  // namespace

void AddUserCommands(CommandTable& table) {
  CLI::App& group = table.Group("user", "Roller");
  AddChange(table, group, "grant", "Ger en användare en roll.", GrantRole);
  AddChange(table, group, "revoke", "Tar bort en roll.", RevokeRole);

  auto options = std::make_shared<UserOptions>();
  CLI::App& list = table.Command(
      group, "list", "Visar rollerna du får förvalta.", "stegvis user list",
      [options](Session& session) { return List(*options, session); });
  AddFormat(list, options->format);
}

}  // namespace stegvis::cli

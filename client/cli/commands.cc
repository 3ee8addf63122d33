#include "client/cli/commands.h"

#include <utility>

#include "absl/strings/match.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {

CLI::App& CommandTable::Group(const std::string& name,
                              const std::string& description) {
  CLI::App* group = app_.add_subcommand(name, description);
  group->group("Kommandon")->require_subcommand(1);
  group->get_help_ptr()->group("Val");
  return *group;
}

CLI::App& CommandTable::Command(CLI::App& group, const std::string& name,
                                const std::string& description,
                                const std::string& example, Action action) {
  CLI::App* command = group.add_subcommand(name, description);
  command->group("Kommandon")->footer("Exempel:\n  " + example);
  std::string whole = name;
  if (&group != &app_) whole = group.get_name() + " " + name;
  command->get_help_ptr()->group("Val");
  // Without a group: the help of the program tells them once.
  command->add_option("--profile", globals_.profile)->group("");
  command->add_flag("--yes", globals_.yes)->group("");
  command->callback([this, command, whole, action = std::move(action)] {
    // A command may have others below it; the one that was named is meant.
    if (!command->get_subcommands().empty()) return;
    chosen_ = action;
    chosen_name_ = whole;
  });
  return *command;
}

CLI::Validator OneOf(const std::vector<std::string>& values) {
  CLI::Validator validator = CLI::IsMember(values);
  return validator.description("");
}

void AddFormat(CLI::App& command, std::string& format,
               const std::vector<std::string>& values) {
  format = values.front();
  command
      .add_option("--format", format,
                  "Hur svaret visas: " + CLI::detail::join(values, ", "))
      ->check(OneOf(values))
      ->type_name("FORM");
}

CLI::Option* AddForbund(CLI::App& command, std::string& forbund) {
  return command
      .add_option("--forbund", forbund,
                  "Förbundets namn eller organisationsnummer.\n"
                  "Behövs inte när du bara ser ett")
      ->type_name("NAMN");
}

CLI::Option* AddInsats(CLI::App& command, std::string& insats) {
  return command.add_option("--insats", insats, "Insatsens namn")
      ->type_name("NAMN")
      ->required();
}

void AddParticipationName(CLI::App& command, std::string& name) {
  command
      .add_option("NAMN", name,
                  "Deltagandets resursnamn, som det står i listan")
      ->type_name("")
      ->required();
}

absl::StatusOr<std::string> InsatsNameOf(const std::string& forbund,
                                         const std::string& insats,
                                         Session& session) {
  // A resource name says its förbund itself.
  if (absl::StartsWith(insats, "forbund/")) return insats;
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* parent, names->ForbundOrOnly(forbund));
  ASSIGN_OR_RETURN(const v1::Insats* found, names->FindInsats(*parent, insats));
  return found->name();
}

}  // namespace stegvis::cli

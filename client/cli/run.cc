#include "client/cli/run.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/rollup_command.h"
#include "client/cli/session.h"
#include "client/cli/usage_text.h"

namespace stegvis::cli {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kPartly = 3;

constexpr char kDescription[] =
    "stegvis – uppföljning av samordnade insatser.\n\n"
    "Varje kommando har egen hjälp: stegvis KOMMANDO --help\n"
    "Valen nedan får stå före eller efter kommandot.";

void AddCommands(CommandTable& table) {
  AddInitCommand(table);
  AddForbundCommands(table);
  AddInsatsCommands(table);
  AddQuestionCommands(table);
  AddUserCommands(table);
  AddImportCommands(table);
  AddParticipantCommands(table);
  AddCountCommands(table);
  AddRetentionCommands(table);
  AddReportCommand(table);
  AddRollupCommand(table);
  AddAuditCommands(table);
  AddStatusCommands(table);
  AddKeysCommands(table);
  AddBackupCommands(table);
  AddDemoCommand(table);
}

void AddGlobals(CLI::App& app, GlobalOptions& globals) {
  app.add_option("--profile", globals.profile,
                 "Profilen som säger var servern är och vem du är.\n"
                 "Utan den gäller STEGVIS_PROFILE")
      ->envname("STEGVIS_PROFILE")
      ->type_name("FIL");
  app.add_flag("--yes", globals.yes, "Fråga inte om lov");
}

int Act(const CommandTable& table, const GlobalOptions& globals) {
  Session session(globals);
  const absl::Status status = table.Chosen()(session);
  std::cout << std::flush;
  if (!status.ok()) {
    std::cerr << "stegvis " << table.ChosenName() << ": " << status.message()
              << "\n";
    return IsWrongUsage(status) ? kUsage : kFailed;
  }
  if (!std::cout) {
    std::cerr << "stegvis " << table.ChosenName()
              << ": Utskriften gick inte att skriva. Är disken full?\n";
    return kFailed;
  }
  return session.Partly() ? kPartly : kDone;
}

}  // namespace

int Run(int argc, const char* const* argv) {
  CLI::App app(kDescription, "stegvis");
  UseSwedish(app);
  GlobalOptions globals;
  AddGlobals(app, globals);
  CommandTable table(app, globals);
  AddCommands(table);
  app.require_subcommand(1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << ChosenApp(app).help();
    return kDone;
  } catch (const CLI::ParseError& error) {
    std::cerr << UsageText(ChosenApp(app), error) << "\n";
    return kUsage;
  }
  return Act(table, globals);
}

}  // namespace stegvis::cli

// The commands of stegvis, one function per group that adds them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/session.h"

namespace stegvis::cli {

// What a command does once the command line is understood.
using Action = std::function<absl::Status(Session&)>;

// The commands, and the one that was chosen. One thread.
class CommandTable {
 public:
  CommandTable(CLI::App& app, GlobalOptions& globals)
      : app_(app), globals_(globals) {}

  CLI::App& Group(const std::string& name, const std::string& description);

  // `example` is a whole command line and stands at the end of the help. The
  // global options are accepted after the command too.
  CLI::App& Command(CLI::App& group, const std::string& name,
                    const std::string& description, const std::string& example,
                    Action action);

  CLI::App& App() { return app_; }

  // After parsing.
  const Action& Chosen() const { return chosen_; }
  const std::string& ChosenName() const { return chosen_name_; }

 private:
  CLI::App& app_;
  GlobalOptions& globals_;
  Action chosen_;
  std::string chosen_name_;
};

// Only these values; the help names them itself.
CLI::Validator OneOf(const std::vector<std::string>& values);

// Adds `--format` with the given values, the first of which is the default.
void AddFormat(CLI::App& command, std::string& format,
               const std::vector<std::string>& values = {"table", "json"});

// Adds `--forbund`.
CLI::Option* AddForbund(CLI::App& command, std::string& forbund);

// Adds `--insats`, required.
CLI::Option* AddInsats(CLI::App& command, std::string& insats);

// Adds the name of a participation, required, after the command's own name.
void AddParticipationName(CLI::App& command, std::string& name);

// The resource name of the insats that the two options say.
absl::StatusOr<std::string> InsatsNameOf(const std::string& forbund,
                                         const std::string& insats,
                                         Session& session);

void AddInitCommand(CommandTable& table);
void AddForbundCommands(CommandTable& table);
void AddInsatsCommands(CommandTable& table);
void AddQuestionCommands(CommandTable& table);
void AddUserCommands(CommandTable& table);
void AddAuditCommands(CommandTable& table);
void AddStatusCommands(CommandTable& table);
void AddKeysCommands(CommandTable& table);
void AddBackupCommands(CommandTable& table);
void AddImportCommands(CommandTable& table);
void AddParticipantCommands(CommandTable& table);
void AddCorrectCommand(CommandTable& table, CLI::App& participant);
void AddPersonCommands(CommandTable& table, CLI::App& participant);
void AddErasureCommands(CommandTable& table, CLI::App& participant);
void AddExtractCommand(CommandTable& table, CLI::App& participant);
void AddRetentionCommands(CommandTable& table);
// The commands of `keys` that ask the server.
void AddRotationCommands(CommandTable& table, CLI::App& keys);
// Withdraws the consent of a participation, and prints the receipt.
absl::Status WithdrawConsent(const std::string& name, const std::string& format,
                             Session& session);
void AddCountCommands(CommandTable& table);
void AddReportCommand(CommandTable& table);
// The commands of `report` about reports that are sealed.
void AddSealedReportCommands(CommandTable& table, CLI::App& report);
// Those about what is published.
void AddPublicationCommands(CommandTable& table, CLI::App& report);
void AddDemoCommand(CommandTable& table);

}  // namespace stegvis::cli

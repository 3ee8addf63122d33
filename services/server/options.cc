#include "services/server/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "services/base/status_macros.h"

namespace stegvis::server {
namespace {

constexpr int kWrongUsage = 2;
constexpr int kHighestPort = 65535;

void Describe(CLI::App& init, InitOptions& options) {
  init.add_option("MAPP", options.folder, "mappen som installationen görs i")
      ->required();
  init.add_option("--port", options.port, "porten som servern lyssnar på")
      ->check(CLI::Range(0, kHighestPort));
  CLI::Option* forbund =
      init.add_option("--forbund", options.forbund, "ett första förbunds namn");
  CLI::Option* number =
      init.add_option("--org-number", options.organization_number,
                      "dess organisationsnummer, NNNNNN-NNNN");
  CLI::Option* start =
      init.add_option("--start", options.start,
                      "dess första dag, ÅÅÅÅ-MM-DD; annars 1 januari i år");
  forbund->needs(number);
  number->needs(forbund);
  start->needs(forbund);
}

template <typename Error>
bool Is(const CLI::ParseError& error) {
  return dynamic_cast<const Error*>(&error) != nullptr;
}

// The option or argument that an English message of CLI11 is about.
absl::string_view Subject(absl::string_view message) {
  absl::ConsumePrefix(&message, "Could not convert: ");
  return message.substr(0, message.find_first_of(": "));
}

// The first argument that was not expected: CLI11 names them last to first.
// What looks like no option may be anything, and is not repeated.
std::string Unexpected(absl::string_view message) {
  const absl::string_view word = message.substr(message.find_last_of(": ") + 1);
  const bool is_option =
      absl::StartsWith(word, "--") &&
      std::all_of(word.begin(), word.end(), [](unsigned char letter) {
        return letter == '-' || absl::ascii_isalnum(letter);
      });
  return is_option ? absl::StrCat("okänt argument: ", word)
                   : std::string("ett argument för mycket");
}

std::string Problem(const CLI::ParseError& error) {
  const std::string message = error.what();
  if (Is<CLI::RequiredError>(error)) {
    return absl::StrCat(absl::StripSuffix(message, " is required"), " saknas");
  }
  if (Is<CLI::ExtrasError>(error)) return Unexpected(message);
  if (Is<CLI::RequiresError>(error)) {
    return absl::StrReplaceAll(message, {{" requires ", " kräver "}});
  }
  if (Is<CLI::ExcludesError>(error)) {
    return absl::StrReplaceAll(message,
                               {{" excludes ", " passar inte ihop med "}});
  }
  return Is<CLI::ArgumentMismatch>(error)
             ? absl::StrCat(Subject(message), " har fel antal värden")
             : absl::StrCat("värdet för ", Subject(message),
                            " är inte giltigt");
}

// Says what is wrong; `command` is the one whose help tells more.
Exit WrongUsage(const CLI::App& app, const CLI::ParseError& error,
                absl::string_view command) {
  if (error.get_exit_code() == 0) {  // Help was asked for, or the version.
    app.exit(error, std::cout, std::cerr);
    return Exit{0};
  }
  std::cerr << "stegvisd: " << Problem(error) << ". Se " << command
            << " --help.\n";
  return Exit{kWrongUsage};
}

// What people have run, which runs this.
std::string ClientCommand(const CLI::App& app, bool offline) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  if (chosen.empty()) return offline ? "stegvis init" : "stegvisd";
  std::string command = absl::StrCat("stegvis ", chosen.front()->get_name());
  for (const CLI::App* work : chosen.front()->get_subcommands()) {
    absl::StrAppend(&command, " ", work->get_name());
  }
  return command;
}

}  // namespace

Options ReadOptions(int argc, const char* const* argv) {
  CLI::App app("Stegvis server.", "stegvisd");
  ServeOptions serve;
  InitOptions init;
  KeysOptions keys;
  BackupOptions backup;
  bool offline = false;
  CLI::Option* config = app.add_option("--config", serve.configuration,
                                       "inställningarna, stegvis.toml");
  app.add_flag("--offline", offline, "arbeta med enbart filer")
      ->excludes(config);
  app.set_version_flag("--version", STEGVIS_VERSION);
  CLI::App* init_command =
      app.add_subcommand("init", "gör en hel installation (med --offline)");
  Describe(*init_command, init);
  CLI::App* keys_command =
      app.add_subcommand("keys", "nyckelkällan i andelar (med --offline)");
  Describe(*keys_command, keys);
  AddBackupCommands(app, backup);
  app.require_subcommand(0, 1);

  try {
    app.parse(argc, argv);
    if (offline == app.get_subcommands().empty()) {
      const std::vector<CLI::App*> chosen = app.get_subcommands();
      const bool makes = chosen.empty() || chosen.front() == init_command;
      throw CLI::RequiredError(makes
                                   ? "--offline init MAPP"
                                   : "--offline " + chosen.front()->get_name());
    }
    if (!offline && config->count() == 0) {
      throw CLI::RequiredError("--config FIL");
    }
    if (keys_command->parsed()) Check(*keys_command, keys);
  } catch (const CLI::ParseError& error) {
    return WrongUsage(app, error, ClientCommand(app, offline));
  }
  if (!offline) return serve;
  if (keys_command->parsed()) return keys;
  if (init_command->parsed()) return init;
  return backup;
}

absl::StatusOr<offline::InitRequest> ToInitRequest(const InitOptions& options,
                                                   Day today) {
  offline::InitRequest request;
  request.folder = options.folder;
  request.port = options.port;
  if (options.forbund.empty()) return request;

  ASSIGN_OR_RETURN(
      const domain::OrganizationNumber number,
      domain::OrganizationNumber::Parse(options.organization_number));
  Day start = Day::FirstOfYear(today.Year());
  if (!options.start.empty()) {
    ASSIGN_OR_RETURN(start, Day::Parse(options.start));
  }
  request.forbund = offline::FirstForbund{options.forbund, number, start};
  return request;
}

}  // namespace stegvis::server

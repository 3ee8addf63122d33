#include "services/server/options.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "services/base/status_macros.h"

namespace stegvis::server {
namespace {

constexpr int kWrongUsage = 2;
constexpr int kHighestPort = 65535;

void Describe(CLI::App& init, InitOptions& options) {
  init.add_option("DIR", options.folder, "mappen som installationen görs i")
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

Exit WrongUsage(const CLI::App& app, const CLI::ParseError& error) {
  const bool help = error.get_exit_code() == 0;
  app.exit(error, std::cout, std::cerr);
  return Exit{help ? 0 : kWrongUsage};
}

}  // namespace

Options ReadOptions(int argc, const char* const* argv) {
  CLI::App app("Stegvis server.", "stegvisd");
  ServeOptions serve;
  InitOptions init;
  bool offline = false;
  CLI::Option* config = app.add_option("--config", serve.configuration,
                                       "inställningarna, stegvis.toml");
  app.add_flag("--offline", offline, "arbeta med enbart filer")
      ->excludes(config);
  app.set_version_flag("--version", STEGVIS_VERSION);
  CLI::App* init_command =
      app.add_subcommand("init", "gör en hel installation (med --offline)");
  Describe(*init_command, init);

  try {
    app.parse(argc, argv);
    if (offline != init_command->parsed()) {
      throw CLI::RequiredError("--offline init DIR");
    }
    if (!offline && config->count() == 0) {
      throw CLI::RequiredError("--config FILE");
    }
  } catch (const CLI::ParseError& error) {
    return WrongUsage(app, error);
  }
  if (offline) return init;
  return serve;
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

#include <memory>
#include <string>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/offline_program.h"

namespace stegvis::cli {
namespace {

absl::Status Init(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"init"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return BecomeServer(words);
}

}  // namespace

void AddInitCommand(CommandTable& table) {
  auto command = std::make_shared<CLI::App*>(nullptr);
  CLI::App& app = table.Command(
      table.App(), "init",
      "Skapar en hel installation i en tom mapp: nyckelkälla, certifikat,\n"
      "databas, inställningar och profiler.\n\n"
      "stegvis init MAPP [--port N]\n"
      "  [--forbund NAMN --org-number NNNNNN-NNNN [--start DATUM]]",
      "stegvis init /srv/stegvis --port 7443",
      [command](Session&) { return Init((*command)->remaining()); });
  *command = &app;
  // The server knows the options; all of them pass through.
  app.prefix_command();
}

}  // namespace stegvis::cli

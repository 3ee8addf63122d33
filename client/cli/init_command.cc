#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"

namespace stegvis::cli {
namespace {

// The server, which does the work on files, lies beside this program.
absl::StatusOr<std::string> ServerProgram() {
  std::error_code error;
  const std::filesystem::path self =
      std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path server = self.parent_path() / "stegvisd";
  if (!error && std::filesystem::exists(server, error)) return server.string();
  return Complaint(absl::StrCat("Programmet ", server.string(),
                                " finns inte. Installera stegvisd bredvid "
                                "stegvis."));
}

// Becomes the server; its exit status is ours.
absl::Status Init(const std::vector<std::string>& arguments) {
  const absl::StatusOr<std::string> server = ServerProgram();
  if (!server.ok()) return server.status();
  std::vector<std::string> words = {*server, "--offline", "init"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execv(server->c_str(), argv.data());
  return Complaint(absl::StrCat("Programmet ", *server,
                                " gick inte att starta. Kontrollera att det "
                                "får köras."));
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

#include "client/cli/offline_program.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
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

}  // namespace

absl::Status BecomeServer(const std::vector<std::string>& arguments) {
  const absl::StatusOr<std::string> server = ServerProgram();
  if (!server.ok()) return server.status();
  std::vector<std::string> words = {*server, "--offline"};
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

}  // namespace stegvis::cli

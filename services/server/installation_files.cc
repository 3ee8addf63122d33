#include "services/server/installation_files.h"

#include <toml++/toml.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/server/configuration.h"
#include "storage/backup/backup_format.h"

namespace stegvis::server {
namespace {

namespace fs = std::filesystem;

// By name.
using Files = std::map<std::string, std::string>;

constexpr char kSettingsFile[] = "stegvis.toml";
constexpr std::array kFolders = {"tls", "profiles"};
constexpr absl::string_view kBeginOfKeySource = "stegvis key source";

// A setting that is a path.
struct PathSetting {
  const char* table;  // Empty: at the top.
  const char* key;
  const char* made;                     // By `init`.
  std::string Configuration::*content;  // Of a file to bring along, or null.
};
constexpr std::array<PathSetting, 5> kPaths = {{
    {"", "key_source", "key-source", nullptr},
    {"storage", "path", "data", nullptr},
    {"tls", "ca", "tls/ca.pem", &Configuration::tls_ca},
    {"tls", "cert", "tls/server.pem", &Configuration::tls_certificate},
    {"tls", "key", "tls/server.key", &Configuration::tls_key},
}};

absl::StatusOr<std::string> ReadFile(const fs::path& path,
                                     absl::string_view setting) {
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) {
    return AtField(setting, errors::ConfigurationInvalid(setting, setting));
  }
  return content;
}

// What lies in a folder beside the settings; whatever else may be in it.
absl::Status AddFolder(const fs::path& folder, const std::string& name,
                       Files& files) {
  std::error_code ignored;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(folder / name, ignored)) {
    if (!entry.is_regular_file(ignored)) continue;
    const std::string inside =
        entry.path().lexically_relative(folder).generic_string();
    if (!storage::IsBackupName(inside)) continue;
    absl::StatusOr<std::string> content = ReadFile(entry.path(), name);
    if (!content.ok()) return errors::FileUnreadable();
    if (absl::StartsWith(*content, kBeginOfKeySource)) continue;
    files[inside] = *std::move(content);
  }
  return absl::OkStatus();
}

std::optional<std::string> ValueOf(const toml::table& settings,
                                   const PathSetting& path) {
  const toml::table* table = &settings;
  if (*path.table != '\0') table = settings[path.table].as_table();
  if (table == nullptr) return std::nullopt;
  return (*table)[path.key].value<std::string>();
}

// As `init` makes it, or beside that.
bool StandsByItself(const PathSetting& path, const std::string& value) {
  if (path.content == nullptr) return value == path.made;
  return absl::StartsWith(value, "tls/") && storage::IsBackupName(value);
}

// Makes the paths those of `init`, and brings the files to their places.
absl::Status Move(const Configuration& configuration, toml::table& settings,
                  Files& files) {
  for (const PathSetting& path : kPaths) {
    toml::table* table = &settings;
    if (*path.table != '\0') table = settings[path.table].as_table();
    if (table == nullptr) continue;
    table->insert_or_assign(path.key, path.made);
    if (path.content == nullptr) continue;
    ASSIGN_OR_RETURN(files[path.made],
                     ReadFile(configuration.*path.content,
                              absl::StrCat(path.table, ".", path.key)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<handlers::InstallationFile>> ReadInstallationFiles(
    const std::string& configuration_file) {
  ASSIGN_OR_RETURN(const Configuration configuration,
                   ReadConfiguration(configuration_file));
  ASSIGN_OR_RETURN(std::string text, ReadFile(configuration_file, "line 0"));
  toml::table settings;
  try {
    settings = toml::parse(text);
  } catch (const toml::parse_error&) {
    return errors::ConfigurationInvalid("line 0", "line 0");
  }
  const fs::path folder = fs::path(configuration_file).parent_path();
  Files files;
  for (const char* name : kFolders) {
    RETURN_IF_ERROR(AddFolder(folder.empty() ? "." : folder, name, files));
  }
  bool stands = true;
  for (const PathSetting& path : kPaths) {
    const std::optional<std::string> value = ValueOf(settings, path);
    stands = stands && value.has_value() && StandsByItself(path, *value);
  }
  if (!stands) {
    RETURN_IF_ERROR(Move(configuration, settings, files));
    std::ostringstream moved;
    moved << settings << "\n";
    text = moved.str();
  }
  files[kSettingsFile] = text;
  std::vector<handlers::InstallationFile> listed;
  for (auto& [name, content] : files) {
    listed.push_back({name, std::move(content)});
  }
  return listed;
}

}  // namespace stegvis::server

#include "services/server/configuration.h"

#include <toml++/toml.h>

#include <filesystem>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/nearest.h"
#include "services/base/status_macros.h"

namespace stegvis::server {
namespace {

using TextMember = std::string Configuration::*;
using FlagMember = bool Configuration::*;

struct Setting {
  absl::string_view path;
  std::variant<TextMember, FlagMember> member;
  bool is_file = false;  // A path, relative to the configuration's folder.
  bool required = true;
};

const std::vector<Setting>& Settings() {
  static const auto& settings = *new std::vector<Setting>{
      {"listen", &Configuration::listen},
      {"key_source", &Configuration::key_source, /*is_file=*/true},
      {"storage.path", &Configuration::data_directory, /*is_file=*/true},
      {"tls.ca", &Configuration::tls_ca, /*is_file=*/true},
      {"tls.cert", &Configuration::tls_certificate, /*is_file=*/true},
      {"tls.key", &Configuration::tls_key, /*is_file=*/true},
      {"log.requests", &Configuration::log_requests, /*is_file=*/false,
       /*required=*/false},
  };
  return settings;
}

absl::Status Invalid(absl::string_view setting) {
  return AtField(
      setting, errors::ConfigurationInvalid(setting, NearestSetting(setting)));
}

const Setting* FindSetting(absl::string_view path) {
  for (const Setting& setting : Settings()) {
    if (setting.path == path) return &setting;
  }
  return nullptr;
}

absl::Status CheckKnown(const toml::table& table, const std::string& prefix) {
  for (const auto& [key, node] : table) {
    const std::string path = absl::StrCat(prefix, std::string(key.str()));
    if (FindSetting(path) != nullptr) continue;
    if (!node.is_table()) return Invalid(path);
    RETURN_IF_ERROR(CheckKnown(*node.as_table(), absl::StrCat(path, ".")));
  }
  return absl::OkStatus();
}

absl::Status Take(const toml::table& table, const Setting& setting,
                  const std::filesystem::path& folder,
                  Configuration& configuration) {
  const auto node = table.at_path(std::string(setting.path));
  if (!node) return setting.required ? Invalid(setting.path) : absl::OkStatus();
  if (const FlagMember* flag = std::get_if<FlagMember>(&setting.member)) {
    if (!node.is_boolean()) return Invalid(setting.path);
    configuration.*(*flag) = node.as_boolean()->get();
    return absl::OkStatus();
  }
  if (!node.is_string()) return Invalid(setting.path);
  const std::string& text = node.as_string()->get();
  if (text.empty()) return Invalid(setting.path);
  configuration.*std::get<TextMember>(setting.member) =
      setting.is_file ? (folder / text).string() : text;
  return absl::OkStatus();
}

}  // namespace

std::string NearestSetting(absl::string_view setting) {
  std::vector<absl::string_view> known;
  for (const Setting& one : Settings()) known.push_back(one.path);
  return NearestName(setting, known);
}

absl::StatusOr<Configuration> ReadConfiguration(const std::string& path) {
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    // Its words may quote the file: the line is enough.
    return Invalid(absl::StrCat("line ", error.source().begin.line));
  }
  RETURN_IF_ERROR(CheckKnown(table, ""));
  Configuration configuration;
  configuration.file = path;
  const std::filesystem::path folder =
      std::filesystem::path(path).parent_path();
  for (const Setting& setting : Settings()) {
    RETURN_IF_ERROR(Take(table, setting, folder, configuration));
  }
  return configuration;
}

}  // namespace stegvis::server
